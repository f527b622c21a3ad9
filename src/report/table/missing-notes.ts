import type { Status } from '../../core/status.ts'
import type { Protocol } from '../../core/verdict.ts'
import { type BenchmarkScores, isFailure } from '../../runners/scores.ts'
import type { ScoredRun } from './table-model.ts'

/** What a table must say about responses and verdicts that did not end well, one line a run and benchmark. */
export function missingNotes({ name, scores }: ScoredRun, protocol: Protocol): readonly string[] {
  return scores.benchmarks.flatMap((entry) => {
    const losses = lossesOf(entry, protocol)
    const all = entry.items * entry.samples
    const parts = losses.map(({ status, unit, count }) =>
      unit === 'response'
        ? `${count} of ${all} responses ${status}`
        : `${count} verdict${count === 1 ? '' : 's'} ${status}`,
    )
    const isIncomplete = losses.some(({ status }) => isFailure(status))
    const missing = parts.length === 0 ? [] : [`${isIncomplete ? 'INCOMPLETE, ' : ''}${parts.join(', ')}`]
    return [...missing, ...pairNotes(entry)].map((note) => `${name}, ${entry.benchmark}: ${note}`)
  })
}

/** More lines than this below a table are read by nobody: they are added up by benchmark. */
const mostNotes = 16

/** {@link missingNotes} of all runs of a table. */
export function foldedMissingNotes(runs: readonly ScoredRun[], protocol: Protocol): readonly string[] {
  const all = runs.map((run) => missingNotes(run, protocol))
  if (all.flat().length <= mostNotes) return all.flat()
  const sums = new Map<string, { runs: number; counts: Map<string, number>; isIncomplete: boolean }>()
  for (const { scores } of runs) {
    for (const entry of scores.benchmarks) {
      const losses = lossesOf(entry, protocol)
      if (losses.length === 0) continue
      const sum = sums.get(entry.benchmark) ?? { runs: 0, counts: new Map(), isIncomplete: false }
      sums.set(entry.benchmark, sum)
      sum.runs += 1
      for (const { status, unit, count } of losses) {
        const name = `${unit}s ${status}`
        sum.counts.set(name, (sum.counts.get(name) ?? 0) + count)
        sum.isIncomplete ||= isFailure(status)
      }
    }
  }
  return [...sums].map(([benchmark, { runs: concerned, counts, isIncomplete }]) => {
    const parts = [...counts].map(([name, count]) => `${count} ${name}`).join(', ')
    const mark = isIncomplete ? 'INCOMPLETE, ' : ''
    return `${benchmark}: ${mark}in ${concerned} of ${runs.length} runs together ${parts} (--ledger has them by run)`
  })
}

interface Loss {
  readonly status: Status
  readonly unit: 'response' | 'verdict'
  readonly count: number
}

function lossesOf({ responses, verdicts }: BenchmarkScores, protocol: Protocol): readonly Loss[] {
  const losses = (counts: Readonly<Partial<Record<Status, number>>>, unit: Loss['unit']): Loss[] =>
    Object.entries(counts).flatMap(([status, count]) =>
      status === 'ok' ? [] : [{ status: status as Status, unit, count }],
    )
  const lost = losses(responses, 'response')
  const unscored = losses(verdicts[protocol] ?? {}, 'verdict')
  return [...lost, ...unscored.filter(({ status }) => !lost.some((loss) => loss.status === status))]
}

/** How many pairs a reward model of limited length scored in part only, or not at all: said of none, too. */
export function pairNotes({ rewardModelPairs }: Pick<BenchmarkScores, 'rewardModelPairs'>): readonly string[] {
  if (!rewardModelPairs) return []
  const { pairs, shortened, overlong } = rewardModelPairs
  return [`of ${pairs} pairs of the reward model ${shortened} shortened, ${overlong} too long for it`]
}
