import { join } from 'node:path'
import { readJsonl } from '../../../core/jsonl.ts'
import { deriveSeed, mulberry32 } from '../../../core/random.ts'
import type { LabelledPair } from './labelled-pair.ts'
import { wordComplexBenchRule } from './word-complexbench-rule.ts'

interface RuleRow {
  readonly id: string
  readonly source?: { readonly model: string; readonly main_id: number }
  readonly rule: string
  readonly segments: readonly string[] | null
  readonly verdict?: boolean | 2
}

/** Pairs with official verdicts from the golden files of ComplexBench: rules on one passage. */
export async function readComplexBenchPairs(golden: string, seed: number): Promise<LabelledPair[]> {
  const random = mulberry32(deriveSeed('complexbench-pairs', seed))
  const pairs: LabelledPair[] = []
  for (const file of ['rules_crafted.jsonl', 'rules_real.jsonl.gz']) {
    for await (const { value } of readJsonl<RuleRow>(join(golden, 'complexbench', file))) {
      const { id, rule, segments, verdict, source } = value
      if (typeof verdict !== 'boolean' || segments?.length !== 1) continue
      const worded = wordComplexBenchRule(rule, random)
      if (!worded) continue
      pairs.push({
        id,
        source: source ? 'complexbench-models' : 'complexbench-crafted',
        response: segments[0]!,
        constraint: worded.text,
        label: verdict ? 1 : 0,
        type: `rule:${rule.slice(0, rule.indexOf(':')).replace('model_', '')}`,
        cluster: source ? `complexbench-${source.main_id}` : `complexbench-${deriveSeed(segments[0]!)}`,
        isRule: true,
        wording: worded.wording,
      })
    }
  }
  return pairs
}
