import { mean } from './averages.ts'
import type { Path } from './paths.ts'

/** OpenCompass's figures of one run: fractions over the judged items. */
export interface OpenCompassScores {
  /** By level - 1. */
  readonly hsr: readonly number[]
  readonly ssr: readonly number[]
  /** Judge replies that went in. */
  readonly replies: number
}

/**
 * `get_scores` of opencompass/datasets/subjective/followbench.py at a5acc4bb: all types pooled, a level's denominator is
 * the number of replies divided by five (rounded down) less its replies that do not parse; 0 where nothing is left.
 */
export function openCompassScores(paths: readonly Path[]): OpenCompassScores {
  const hard = [0, 0, 0, 0, 0]
  const soft = [0, 0, 0, 0, 0]
  const dropped = [0, 0, 0, 0, 0]
  let replies = 0
  for (const { openCompass } of paths) {
    openCompass.forEach((scores, level) => {
      if (scores === undefined) return
      replies += 1
      if (scores === null) dropped[level]! += 1
      hard[level]! += scores?.[0] ?? 0
      soft[level]! += scores?.[1] ?? 0
    })
  }
  const counts = dropped.map((unread) => Math.floor(replies / 5) - unread)
  // parity: counts can be off by one against the level's own replies, or not positive, when replies are absent.
  const rates = (sums: readonly number[]) => sums.map((sum, level) => (counts[level]! <= 0 ? 0 : sum / counts[level]!))
  return { hsr: rates(hard), ssr: rates(soft), replies }
}

/** Mean of the five levels: `HSR_AVG`, `SSR_AVG`. */
export function openCompassAverage(rates: readonly number[]): number | null {
  return mean(rates)
}
