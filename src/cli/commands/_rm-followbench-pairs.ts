import { join } from 'node:path'
import { followbench } from '../../benchmarks/followbench/index.ts'
import type { FollowBenchData } from '../../benchmarks/followbench/schema.ts'
import { readJudgeReply } from '../../checkers/followbench/judge-reply.ts'
import type { LabelledPair } from '../../checkers/reward-model/training/labelled-pair.ts'
import type { Item } from '../../core/item.ts'
import { readJsonl } from '../../core/jsonl.ts'
import { followBenchSource } from './_rm-followbench-rules.ts'

interface RunRow {
  readonly type: string
  readonly example_id: number
  readonly level: number
  readonly response: string | null
  readonly judge_reply?: string | null
}

/** Pairs from the complete run of one model on the English edition. */
export interface FollowBenchPairs {
  /** Labelled by a judge, constraint by constraint. */
  readonly judged: readonly LabelledPair[]
  /** Labelled by nobody: the response of level k meets what level k added, that of level k-1 does not. */
  readonly pseudo: readonly LabelledPair[]
}

/** Reads judged pairs and natural pseudo-pairs. Constraints without a text of their own are left out. */
export async function readFollowBenchPairs(golden: string, data: string): Promise<FollowBenchPairs> {
  const items = new Map<string, Item<FollowBenchData>>()
  for await (const item of followbench.load(followBenchSource(data, 'en')))
    items.set(item.id, item as Item<FollowBenchData>)
  const rows: RunRow[] = []
  for await (const { value } of readJsonl<RunRow>(join(golden, 'followbench/runs/en-llama3-8b.items.jsonl.gz'))) {
    rows.push(value)
  }
  const idOf = (type: string, example: number, level: number) => `${type}/${example}/L${level}`
  const responses = new Map(rows.map((row) => [idOf(row.type, row.example_id, row.level), row.response]))
  const judged: LabelledPair[] = []
  const pseudo: LabelledPair[] = []
  for (const row of rows) {
    const item = items.get(idOf(row.type, row.example_id, row.level))
    if (!item || row.response === null || item.data.rule !== null) continue
    const reading = row.judge_reply ? readJudgeReply(row.judge_reply, row.level, 'en') : null
    const make = (index: number, response: string, label: 0 | 1, from: string): LabelledPair | null => {
      const constraint = item.constraints[index]!
      if (constraint.needsPrompt) return null
      return {
        id: `${item.id}-${from}-${index}-${label}`,
        source: from,
        response,
        constraint: constraint.text,
        label,
        type: `followbench:${String(constraint.tags.kind)}`,
        cluster: `followbench-${item.cluster}`,
        isRule: false,
        wording: null,
      }
    }
    if (reading?.parsed) {
      reading.values.forEach((label, index) => {
        keep(judged, make(index, row.response!, label, 'followbench-judged'))
      })
    }
    const last = row.level - 1
    const before = responses.get(idOf(row.type, row.example_id, last))
    if (before != null) keep(pseudo, make(last, before, 0, 'followbench-pseudo'))
    keep(pseudo, make(last, row.response, 1, 'followbench-pseudo'))
  }
  return { judged, pseudo }
}

function keep(list: LabelledPair[], pair: LabelledPair | null): void {
  if (pair) list.push(pair)
}
