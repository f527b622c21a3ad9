import { sigmoid } from '../../../stats/logistic.ts'
import type { SoftScaling } from '../embedded/soft-scaling.ts'
import type { RowScore } from './fit-stack.ts'

/** With fewer judged pairs nothing is fitted. */
const fewest = 50
/**
 * What the log-odds of neighbouring levels count for: half, because being written for a constraint is only half of
 * meeting it. Judged pairs are too few to learn it from: fitted on parts of them it changes its sign.
 */
const relevanceSlope = 0.5

/** The trees as they are. */
const treesAlone: SoftScaling = { trees: 1, relevance: 0, offset: 0 }

/**
 * How constraints with nothing checkable are read: by relevance, brought to the share of satisfied judged pairs. By the
 * trees where no relevance was learnt or hardly anything was judged.
 */
export function fitSoft(scores: readonly Pick<RowScore, 'relevance'>[], labels: readonly number[]): SoftScaling {
  const hasRelevance = scores.some(({ relevance }) => relevance !== scores[0]!.relevance)
  if (scores.length < fewest || !hasRelevance) return treesAlone
  // One of each label is added, so that the offset stays finite.
  const wanted = labels.reduce((sum, label) => sum + label, 1)
  const offset = rootOf(
    (candidate) =>
      scores.reduce((sum, { relevance }) => sum + sigmoid(relevanceSlope * relevance + candidate), 0) *
        ((scores.length + 2) / scores.length) -
      wanted,
  )
  return { trees: 0, relevance: relevanceSlope, offset }
}

/** Zero of a rising function, by halving. */
function rootOf(rising: (x: number) => number): number {
  let low = -30
  let high = 30
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2
    if (rising(middle) > 0) high = middle
    else low = middle
  }
  return (low + high) / 2
}
