import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSource } from '../../benchmarks/benchmark.ts'
import { addedText } from '../../benchmarks/followbench/added-text.ts'
import { followbench } from '../../benchmarks/followbench/index.ts'
import type { ConstraintType, FollowBenchData } from '../../benchmarks/followbench/schema.ts'
import { type RuleLanguage, ruleLanguages } from '../../checkers/followbench/rule.ts'
import { type RuleId, ruleDefinition } from '../../checkers/followbench/rules.ts'
import {
  wordFollowBenchLevel,
  wordFollowBenchTarget,
} from '../../checkers/reward-model/training/followbench-wordings.ts'
import type { LabelledPair } from '../../checkers/reward-model/training/labelled-pair.ts'
import type { Item } from '../../core/item.ts'
import { readJsonl } from '../../core/jsonl.ts'
import { deriveSeed, mulberry32 } from '../../core/random.ts'

interface RuleRow {
  readonly id: string
  readonly lang: RuleLanguage
  readonly type: ConstraintType
  readonly example_id: number
  readonly level: number
  readonly origin: string
  readonly response: string
  readonly verdict: boolean
}

/**
 * Pairs with official verdicts of FollowBench's rules. A rule with a target gives one pair. A rule whose levels add up
 * gives one pair per condition that the verdict decides: all of them where the row passes; where it fails, those that the
 * rule meets at lower levels, and the first that it does not.
 */
export async function readFollowBenchRulePairs(golden: string, data: string, seed: number): Promise<LabelledPair[]> {
  const random = mulberry32(deriveSeed('followbench-rules', seed))
  const pairs: LabelledPair[] = []
  for (const language of ruleLanguages) {
    const items = await itemsById(data, language)
    const seen = new Set<string>()
    for await (const { value } of readJsonl<RuleRow>(join(golden, 'followbench', `rules.${language}.jsonl`))) {
      const prefix = language === 'en' ? '' : `${language}:`
      const item = items.get(`${prefix}${value.type}/${value.example_id}/L${value.level}`)
      const rule = item?.data.rule
      if (!item || !rule) continue
      const from = value.origin.startsWith('model:') ? 'followbench-rules-models' : 'followbench-rules-crafted'
      const add = (part: string, worded: { text: string; wording: number | null } | null, label: 0 | 1) => {
        if (!worded) return
        pairs.push({
          id: `${value.id}-${part}`,
          source: from,
          response: value.response,
          constraint: worded.text,
          label,
          type: `followbench:${rule}`,
          cluster: `followbench-${item.cluster}`,
          isRule: true,
          wording: worded.wording,
        })
      }
      if (ruleDefinition(rule).needsTarget) {
        add('target', wordFollowBenchTarget(rule, item.data.target, language, random), value.verdict ? 1 : 0)
        continue
      }
      for (const [level, label] of decidedLevels(rule, item.data, value)) {
        // The same response stands in the file once per level.
        const key = `${item.cluster}|${level}|${value.response}`
        if (seen.has(key)) continue
        seen.add(key)
        const ours = wordFollowBenchLevel(rule, level, language, random)
        const theirs = random() < 0.4 ? ownText(rule, level, item.data) : null
        add(`L${level}`, theirs === null ? ours : { text: theirs, wording: null }, label)
      }
    }
  }
  return pairs
}

/** The text that the data add at a level, where the rule looks at just that. */
function ownText(rule: RuleId, level: number, { language, path }: FollowBenchData): string | null {
  // The last Chinese headline text forbids what its rule demands; the rule of the keywords keeps another order than the levels.
  if (rule === 'format_30' || (rule === 'gigaword' && language === 'zh' && level === 5)) return null
  const [before, after] = [path[level - 1], path[level]]
  return before === undefined || after === undefined ? null : addedText(before, after)
}

/** Conditions of a rule of levels that a row decides, each with its label. */
function decidedLevels(rule: RuleId, { language, target }: FollowBenchData, row: RuleRow): [number, 0 | 1][] {
  const passes = (level: number) => ruleDefinition(rule).make({ language, target, level })(row.response).pass
  const decided: [number, 0 | 1][] = []
  for (let level = 1; level <= row.level; level += 1) {
    const holds = level === row.level ? row.verdict : passes(level)
    decided.push([level, holds ? 1 : 0])
    if (!holds) break
  }
  return decided
}

async function itemsById(data: string, language: RuleLanguage): Promise<Map<string, Item<FollowBenchData>>> {
  const items = new Map<string, Item<FollowBenchData>>()
  for await (const item of followbench.load(followBenchSource(data, language))) {
    items.set(item.id, item as Item<FollowBenchData>)
  }
  return items
}

/** The data files of one language, packed or not. */
export function followBenchSource(data: string, language: RuleLanguage): DataSource {
  return {
    edition: language,
    isSample: false,
    path: (file) => {
      const plain = join(data, 'followbench', file)
      return existsSync(plain) ? plain : `${plain}.gz`
    },
    optionalPath: () => null,
  }
}
