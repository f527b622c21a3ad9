import { sigmoid } from './logistic.ts'

/** Temperatures outside these limits mean that the data do not determine one. */
export const temperatureLimits = [0.01, 100] as const

/** A fitted temperature: p = sigmoid(margin / temperature). */
export interface Temperature {
  readonly temperature: number
  /** True when the best temperature lies outside {@link temperatureLimits} and was cut to them. */
  readonly atLimit: boolean
}

/**
 * The T > 0 that minimises the log loss of sigmoid(margin/T). The loss is convex in 1/T, so its slope is bisected.
 * @param margins logit of class 1 less logit of class 0; from a probability, its logit
 * @returns null for no pairs
 */
export function fitTemperature(labels: ArrayLike<number>, margins: ArrayLike<number>): Temperature | null {
  if (labels.length === 0) return null
  const slope = (inverse: number) => {
    let total = 0
    for (let index = 0; index < labels.length; index += 1) {
      total += (sigmoid(inverse * margins[index]!) - labels[index]!) * margins[index]!
    }
    return total
  }
  const [coldest, hottest] = temperatureLimits
  let low = 1 / hottest
  let high = 1 / coldest
  if (slope(low) >= 0) return { temperature: hottest, atLimit: true }
  if (slope(high) <= 0) return { temperature: coldest, atLimit: true }
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step += 1) {
    const middle = (low + high) / 2
    if (slope(middle) > 0) high = middle
    else low = middle
  }
  return { temperature: 2 / (low + high), atLimit: false }
}
