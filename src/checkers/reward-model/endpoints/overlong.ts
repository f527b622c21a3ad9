import type { OverlongPolicy } from './endpoint-options.ts'

/** What came of fitting a response into a model. */
export type Fit =
  | { readonly kind: 'fits'; readonly response: string; readonly truncated: boolean }
  | { readonly kind: 'overlong'; readonly tokens: number }

/** Counts tokens: a tokenizer, or {@link estimateRewardTokens}. */
export type CountTokens = (text: string) => number

/** What a response must fit into. */
export interface FitLimits {
  /** Tokens of the whole text. */
  readonly limit: number
  readonly policy: OverlongPolicy
  readonly count: CountTokens
  /** Text around a response, with the constraint in it. */
  readonly render: (response: string) => string
}

/** Stands where the middle of a response was. */
const gapMark = '\n[...]\n'

/**
 * Fits a text into a model by shortening the response alone: the constraint is the last part of the text, and cutting
 * the text as a whole would cut off what is to be judged.
 */
export function fitResponse(response: string, limits: FitLimits): Fit {
  const { limit, policy, count, render } = limits
  const tokens = count(render(response))
  if (tokens <= limit) return { kind: 'fits', response, truncated: false }
  if (policy === 'error') return { kind: 'overlong', tokens }
  const points = Array.from(response)
  const fits = (kept: number) => count(render(shorten(points, kept, policy))) <= limit
  if (!fits(0)) return { kind: 'overlong', tokens }
  // The estimate and every tokenizer grow with the text, so that the longest fitting one is found by halving.
  let low = 0
  let high = points.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (fits(middle)) low = middle
    else high = middle
  }
  return { kind: 'fits', response: shorten(points, low, policy), truncated: true }
}

function shorten(points: readonly string[], kept: number, policy: Exclude<OverlongPolicy, 'error'>): string {
  const from = points.length - kept
  switch (policy) {
    case 'head':
      return points.slice(0, kept).join('')
    case 'tail':
      return points.slice(from).join('')
    case 'middle': {
      const head = (kept + 1) >> 1
      return `${points.slice(0, head).join('')}${gapMark}${points.slice(from + head).join('')}`
    }
    default: {
      const never: never = policy
      throw new Error(`Unknown policy: ${String(never)}`)
    }
  }
}

/**
 * Careful estimate without a tokenizer: one token per 1.5 characters of Chinese, Japanese and Korean, per 3 of anything
 * else. It is above the true number for prose, so that a text that fits by it fits the model.
 */
export function estimateRewardTokens(text: string): number {
  let wide = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if ((unit >= 0x2e80 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0xf900 && unit <= 0xffef))
      wide += 1
  }
  return Math.ceil(wide / 1.5 + (text.length - wide) / 3)
}
