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
  const nothing = policy === 'middle' ? gapMark : ''
  const room = limit - count(render(nothing))
  const points = Array.from(response)
  const bare = count('')
  const cost = (text: string) => count(text) - bare
  // Tokens of the parts need not add up to those of the whole: what is over is taken off once more.
  for (let share = room; share > 0; ) {
    const kept = shorten(points, share, policy, cost)
    const over = count(render(kept)) - limit
    if (over <= 0 && kept === nothing) break
    if (over <= 0) return { kind: 'fits', response: kept, truncated: true }
    share -= over
  }
  // A verdict about none of the response would be a guess.
  return { kind: 'overlong', tokens }
}

/** The part of a response that stays, in about so many tokens. */
function shorten(
  points: readonly string[],
  share: number,
  policy: Exclude<OverlongPolicy, 'error'>,
  cost: CountTokens,
): string {
  switch (policy) {
    case 'head':
      return beginning(points, share, cost)
    case 'tail':
      return end(points, share, cost)
    case 'middle': {
      const half = Math.floor(share / 2)
      const head = beginning(points, half, cost)
      return `${head}${gapMark}${end(points, half, cost)}`
    }
    default: {
      const never: never = policy
      throw new Error(`Unknown policy: ${String(never)}`)
    }
  }
}

function beginning(points: readonly string[], share: number, cost: CountTokens): string {
  const first = (length: number) => points.slice(0, length).join('')
  return first(longestWithin(points.length, share, (length) => cost(first(length))))
}

function end(points: readonly string[], share: number, cost: CountTokens): string {
  const last = (length: number) => points.slice(points.length - length).join('')
  return last(longestWithin(points.length, share, (length) => cost(last(length))))
}

/**
 * The largest length whose cost is within `share`. Costs grow with the length, and the search begins at short ones: what
 * stays is small beside what is cut.
 */
function longestWithin(most: number, share: number, costOf: (length: number) => number): number {
  let low = 0
  let high = Math.min(most, Math.max(1, 4 * share))
  while (high < most && costOf(high) <= share) {
    low = high
    high = Math.min(most, 2 * high)
  }
  if (high === most && costOf(most) <= share) return most
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (costOf(middle) <= share) low = middle
    else high = middle
  }
  return low
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
