import { auroc } from '../../../stats/ranking-quality.ts'

/**
 * Kendall's tau-b of scores against labels 0 and 1, in n log n: with P positives and N negatives it is
 * (2·AUROC - 1)·√(P·N) / √(pairs that are not tied in the score). Null where a class is empty or all scores are equal.
 */
export function binaryTauB(labels: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const area = auroc(labels, scores)
  if (area === null) return null
  const n = labels.length
  let positives = 0
  for (let index = 0; index < n; index += 1) positives += labels[index] === 1 ? 1 : 0
  const sorted = Float64Array.from(scores).sort()
  let tied = 0
  let run = 1
  for (let index = 1; index <= n; index += 1) {
    if (index < n && sorted[index] === sorted[index - 1]) run += 1
    else {
      tied += (run * (run - 1)) / 2
      run = 1
    }
  }
  const untied = (n * (n - 1)) / 2 - tied
  return untied === 0 ? null : ((2 * area - 1) * Math.sqrt(positives * (n - positives))) / Math.sqrt(untied)
}
