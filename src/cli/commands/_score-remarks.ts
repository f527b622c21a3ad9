import type { RewardModelScore } from '../../checkers/scoring-context.ts'

/** Reasons that are shown; further ones are counted. */
const mostReasons = 3
const longestReason = 200

/** Counts the scores that a reward model gave in part only, or not at all, for people. */
export class ScoreRemarks {
  #pairs = 0
  #shortened = 0
  readonly #reasons = new Map<string, number>()

  add({ p, truncated, error = 'no reason given' }: RewardModelScore): void {
    this.#pairs += 1
    if (p === null) this.#reasons.set(error, (this.#reasons.get(error) ?? 0) + 1)
    else if (truncated) this.#shortened += 1
  }

  /** One line a remark; nothing where every pair was scored whole. */
  get lines(): readonly string[] {
    const reasons = [...this.#reasons].sort(([, one], [, other]) => other - one)
    const missing = reasons.reduce((sum, [, count]) => sum + count, 0)
    const shown = reasons.slice(0, mostReasons).map(([reason, count]) => `${count}x ${shorten(reason)}`)
    const others = reasons.length > mostReasons ? [`${reasons.length - mostReasons} other reasons`] : []
    return [
      ...(missing === 0
        ? []
        : [`${missing} of ${this.#pairs} pairs have no score: ${[...shown, ...others].join('; ')}`]),
      ...(this.#shortened === 0
        ? []
        : [`${this.#shortened} of ${this.#pairs} pairs were scored on a shortened response`]),
    ]
  }
}

function shorten(reason: string): string {
  return reason.length > longestReason ? `${reason.slice(0, longestReason)}…` : reason
}
