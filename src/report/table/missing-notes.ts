import type { Status } from '../../core/status.ts'
import type { Protocol } from '../../core/verdict.ts'
import { type BenchmarkScores, isFailure } from '../../runners/scores.ts'
import type { ScoredRun } from './table-model.ts'

/** What a table must say about responses and verdicts that did not end well, one line a run and benchmark. */
export function missingNotes({ name, scores }: ScoredRun, protocol: Protocol): readonly string[] {
  return scores.benchmarks.flatMap((entry) => {
    const lost = Object.entries(entry.responses).filter(([status]) => status !== 'ok')
    const unscored = Object.entries(entry.verdicts[protocol] ?? {}).filter(
      ([status]) => status !== 'ok' && !lost.some(([lostStatus]) => lostStatus === status),
    )
    const parts = [
      ...lost.map(([status, count]) => `${count} of ${entry.items * entry.samples} responses ${status}`),
      ...unscored.map(([status, count]) => `${count} verdict${count === 1 ? '' : 's'} ${status}`),
    ]
    const isIncomplete = [...lost, ...unscored].some(([status]) => isFailure(status as Status))
    const missing = parts.length === 0 ? [] : [`${isIncomplete ? 'INCOMPLETE, ' : ''}${parts.join(', ')}`]
    return [...missing, ...pairNotes(entry)].map((note) => `${name}, ${entry.benchmark}: ${note}`)
  })
}

/** How many pairs a reward model of limited length scored in part only, or not at all: said of none, too. */
export function pairNotes({ rewardModelPairs }: Pick<BenchmarkScores, 'rewardModelPairs'>): readonly string[] {
  if (!rewardModelPairs) return []
  const { pairs, shortened, overlong } = rewardModelPairs
  return [`of ${pairs} pairs of the reward model ${shortened} shortened, ${overlong} too long for it`]
}
