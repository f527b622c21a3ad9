import type { ComposedFigure } from '../../stats/metric-table.types.ts'
import { type ItemTallies, type ItemTally, instructionTally, promptTally, type Tally } from './item-tally.ts'
import type { Mode } from './score.ts'

/** One of the four accuracies. */
export interface FigurePart {
  readonly level: 'prompt' | 'instructions'
  readonly mode: Mode
}

type Read = (tally: Tally) => number

/** The plain mean of several accuracies, recomputed for every resample of prompts. */
export function meanOf(tallies: ItemTallies, parts: readonly FigurePart[]): ComposedFigure {
  const byCluster = new Map<string, ItemTally[]>()
  for (const tally of tallies) {
    const { cluster } = tally.prompt
    const members = byCluster.get(cluster)
    if (members) members.push(tally)
    else byCluster.set(cluster, [tally])
  }
  const clusters = [...byCluster.keys()]
  const members = [...byCluster.values()]
  const sumsFor = (followed: Read) =>
    parts.map((part) => ({
      followed: Float64Array.from(members, (list) => sum(list, (tally) => followed(tallyOf(tally, part)))),
      total: Float64Array.from(members, (list) => sum(list, (tally) => tallyOf(tally, part).total)),
    }))
  const mean = (sums: ReturnType<typeof sumsFor>, indices: ArrayLike<number>): number | null => {
    if (indices.length === 0) return null
    let value = 0
    for (const { followed, total } of sums) {
      let numerator = 0
      let denominator = 0
      for (let position = 0; position < indices.length; position += 1) {
        numerator += followed[indices[position]!]!
        denominator += total[indices[position]!]!
      }
      value += numerator / denominator / parts.length
    }
    return value
  }
  const all = Array.from(clusters, (_, index) => index)
  const missing = [...tallies].filter((tally) => parts.some((part) => tallyOf(tally, part).missing > 0)).length
  const official = sumsFor((tally) => tally.followed)
  const high = mean(
    sumsFor((tally) => tally.followed + tally.missing),
    all,
  )
  const low = mean(official, all)
  return {
    clusters,
    evaluate: (indices) => mean(official, indices),
    n: tallies.length,
    missing,
    bounds: missing === 0 || low === null || high === null ? null : { low, high },
  }
}

function tallyOf(tally: ItemTally, { level, mode }: FigurePart): Tally {
  return level === 'prompt' ? promptTally(tally, mode) : instructionTally(tally, mode)
}

function sum(list: readonly ItemTally[], read: (tally: ItemTally) => number): number {
  return list.reduce((total, tally) => total + read(tally), 0)
}
