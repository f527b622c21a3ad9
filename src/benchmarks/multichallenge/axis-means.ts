import type { ConversationResults } from './conversation-results.ts'
import { failedAxis } from './official-run.ts'

/**
 * Overall score from any multiset of conversations, 0 to 1, or null where it is not defined. Made for resampling: a
 * conversation that is drawn twice counts twice.
 */
export type OverallRule = (drawn: Iterable<ConversationResults>) => number | null

/**
 * Upstream's overall: per axis the share of conversations of which any judged attempt passed, then the mean over the axes
 * that were seen. Equal to the scores of its result rows on the data itself.
 */
export const officialOverall: OverallRule = (drawn) => {
  const totals = new Map<string, { passed: number; total: number }>()
  const add = (axis: string, passed: boolean): void => {
    const known = totals.get(axis) ?? { passed: 0, total: 0 }
    totals.set(axis, { passed: known.passed + Number(passed), total: known.total + 1 })
  }
  for (const { axis, attempts } of drawn) {
    // parity: a failed judge call leaves the conversation's own axis and makes one more, which nothing can pass.
    if (attempts.some(({ gap }) => gap === 'failed-judging')) add(failedAxis, false)
    const share = anyPassed({ attempts })
    if (share !== null) add(axis, share === 1)
  }
  if (totals.size === 0) return null
  const scores = [...totals.values()].map(({ passed, total }) => (passed / total) * 100)
  return scores.reduce((sum, score) => sum + score, 0) / scores.length / 100
}

/** Share of a conversation that counts as passed, 0 to 1; null when it takes no part. */
export type ConversationShare = (conversation: Pick<ConversationResults, 'attempts'>) => number | null

/** Upstream: 1 when any judged attempt passed. Failed judge calls take no part; an answer that never came fails. */
export const anyPassed: ConversationShare = ({ attempts }) => {
  const judged = attempts.filter(({ gap }) => gap === 'none' || gap === 'no-answer')
  return judged.length === 0 ? null : Number(judged.some(({ passed }) => passed))
}

/** Repaired: everything that was asked for and not measured fails. */
export const anyPassedOfAll: ConversationShare = (conversation) => {
  const asked = askedFor(conversation)
  return asked.length === 0 ? null : Number(asked.some(({ passed }) => passed))
}

/** Mean over attempts; everything that was asked for and not measured fails. */
export const meanOfAll: ConversationShare = (conversation) => {
  const asked = askedFor(conversation)
  return asked.length === 0 ? null : asked.filter(({ passed }) => passed).length / asked.length
}

function askedFor({ attempts }: Pick<ConversationResults, 'attempts'>) {
  return attempts.filter(({ gap }) => gap !== 'excluded')
}

/** Unweighted mean of the means per axis over a fixed set of axes; null when one of them has no conversation. */
export function macroOverall(axes: ReadonlySet<string>, share: ConversationShare): OverallRule {
  return (drawn) => {
    const sums = new Map([...axes].map((axis) => [axis, { sum: 0, count: 0 }]))
    for (const conversation of drawn) {
      const value = share(conversation)
      if (value === null) continue
      const known = sums.get(conversation.axis)!
      known.sum += value
      known.count += 1
    }
    let total = 0
    for (const { sum, count } of sums.values()) {
      if (count === 0) return null
      total += sum / count
    }
    return axes.size === 0 ? null : total / axes.size
  }
}
