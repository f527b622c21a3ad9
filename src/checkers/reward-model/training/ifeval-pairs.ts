import { join } from 'node:path'
import { readJsonl } from '../../../core/jsonl.ts'
import { deriveSeed, mulberry32 } from '../../../core/random.ts'
import type { LabelledPair } from './labelled-pair.ts'
import { wordInstruction } from './word-instruction.ts'

interface CraftedRow {
  readonly id: string
  readonly instruction_id: string
  readonly kwargs: Readonly<Record<string, unknown>>
  readonly response: string
  readonly strict: boolean | null
}

interface ModelRow {
  readonly key: number
  readonly model: string
  readonly instruction_id_list: readonly string[]
  readonly kwargs: readonly Readonly<Record<string, unknown>>[]
  readonly response: string
  readonly results: readonly { readonly strict: boolean | null }[]
}

/** Pairs with official verdicts from the golden files of IFEval, every instruction in two wordings of ours. */
export async function readIfevalPairs(golden: string, seed: number): Promise<LabelledPair[]> {
  const random = mulberry32(deriveSeed('ifeval-pairs', seed))
  const pairs: LabelledPair[] = []
  const add = (
    row: { id: string; kwargs: Readonly<Record<string, unknown>>; response: string; cluster: string; source: string },
    type: string,
    strict: boolean | null,
  ) => {
    if (strict === null) return
    for (const tongue of ['en', 'zh'] as const) {
      const worded = wordInstruction(type, row.kwargs, tongue, random)
      if (!worded) continue
      const { response, cluster, source } = row
      const id = `${row.id}-${type}-${tongue}`
      const label = strict ? 1 : 0
      pairs.push({
        id,
        source,
        response,
        constraint: worded.text,
        label,
        type,
        cluster,
        isRule: true,
        wording: worded.wording,
      })
    }
  }
  for await (const { value } of readJsonl<CraftedRow>(join(golden, 'ifeval/crafted.jsonl'))) {
    const { id, kwargs, response } = value
    // Variants of one crafted text share a response: they must stay on one side.
    const cluster = `crafted-${deriveSeed(response.slice(0, 60))}`
    add({ id, kwargs, response, cluster, source: 'ifeval-crafted' }, value.instruction_id, value.strict)
  }
  for await (const { value } of readJsonl<ModelRow>(join(golden, 'ifeval/models.jsonl'))) {
    value.instruction_id_list.forEach((type, index) => {
      const id = `${value.key}-${value.model}-${index}`
      const { response } = value
      const row = {
        id,
        kwargs: value.kwargs[index]!,
        response,
        cluster: `ifeval-${value.key}`,
        source: 'ifeval-models',
      }
      add(row, type, value.results[index]!.strict)
    })
  }
  return pairs
}
