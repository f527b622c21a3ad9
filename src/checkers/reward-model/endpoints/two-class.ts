import type { LogitPolicy } from './endpoint-options.ts'

/** One pair's answer: the probability of "satisfied", or why there is none. */
export type ItemScore = { readonly p: number; readonly pred?: 0 | 1 } | { readonly error: string }

/** How class values are read. */
export interface ClassReading {
  /** Index of "satisfied". */
  readonly positive: number
  readonly logits: LogitPolicy
}

const tolerance = 1e-3

/** Reads the values of two classes in the order of their index: probabilities, or logits where these are allowed. */
export function readTwoClasses(values: unknown, { positive, logits }: ClassReading): ItemScore {
  const pair = numbers(values)
  if ('error' in pair) return pair
  const [first, second] = pair.values
  const isProbability =
    first >= 0 && first <= 1 && second >= 0 && second <= 1 && Math.abs(first + second - 1) <= tolerance
  if (isProbability) return { p: positive === 1 ? second : first }
  if (logits === 'softmax') return softmaxOfTwo(first, second, positive)
  return {
    error: `expected two probabilities, got ${first} and ${second}: raw logits? (the setting logits=softmax accepts them)`,
  }
}

/** Reads two raw values. Softmax in double precision. */
export function readTwoLogits(values: unknown, positive: number): ItemScore {
  const pair = numbers(values)
  return 'error' in pair ? pair : softmaxOfTwo(pair.values[0], pair.values[1], positive)
}

/** Reads the score of a model of one logit: a probability, or a raw value where these are allowed. */
export function readOneLogit(value: unknown, logits: LogitPolicy): ItemScore {
  if (!isFiniteNumber(value)) return { error: `expected a finite number, got ${describe(value)} (NaN becomes null)` }
  if (value >= 0 && value <= 1) return { p: value }
  if (logits === 'softmax') return softmaxOfTwo(0, value, 1)
  return { error: `expected a probability, got ${value}: a raw logit? (the setting logits=softmax accepts them)` }
}

function softmaxOfTwo(first: number, second: number, positive: number): ItemScore {
  const difference = positive === 1 ? first - second : second - first
  return { p: 1 / (1 + Math.exp(difference)) }
}

function numbers(values: unknown): { values: readonly [number, number] } | { error: string } {
  if (!Array.isArray(values)) return { error: `expected the values of two classes, got ${describe(values)}` }
  if (values.length !== 2) {
    return { error: `expected a model of two classes, got ${values.length} values: is another model served here?` }
  }
  const [first, second] = values as [unknown, unknown]
  if (!isFiniteNumber(first) || !isFiniteNumber(second)) {
    return { error: `expected two finite numbers, got ${describe(first)} and ${describe(second)} (NaN becomes null)` }
  }
  return { values: [first, second] }
}

/** True for a number that is neither NaN nor infinite. */
export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** A short name of what came instead of what was expected. */
export function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
