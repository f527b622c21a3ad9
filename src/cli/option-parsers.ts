import { InvalidArgumentError } from 'commander'
import type { Shard } from '../runners/shard.ts'

const mostShards = 10_000

/** Parses an integer between two bounds, both allowed. Commander prints the message behind the option's name. */
export function integer(least: number, most = Number.MAX_SAFE_INTEGER): (raw: string) => number {
  return (raw) => {
    const value = Number(raw)
    if (!/^[+-]?\d+$/.test(raw.trim()) || !Number.isSafeInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(
        most === Number.MAX_SAFE_INTEGER
          ? `Expected an integer of at least ${least}.`
          : `Expected an integer from ${least} to ${most}.`,
      )
    }
    return value
  }
}

/** Parses a number between two bounds, both allowed. */
export function number(least: number, most = Number.POSITIVE_INFINITY): (raw: string) => number {
  return (raw) => {
    const value = Number(raw)
    if (raw.trim() === '' || !Number.isFinite(value) || value < least || value > most) {
      throw new InvalidArgumentError(
        most === Number.POSITIVE_INFINITY
          ? `Expected a number of at least ${least}.`
          : `Expected a number from ${least} to ${most}.`,
      )
    }
    return value
  }
}

/** Parses `i/n`: the i-th of n parts. */
export function shard(raw: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(raw.trim()) ?? []
  const parts = { index: Number(index), count: Number(count) }
  if (index === undefined || parts.index < 1 || parts.index > parts.count || parts.count > mostShards) {
    throw new InvalidArgumentError(`Expected i/n with 1 <= i <= n <= ${mostShards}, for example 1/8.`)
  }
  return parts
}

/** Collects a repeatable option; commas separate values, too. */
export function list(raw: string, former: readonly string[] = []): string[] {
  return [
    ...former,
    ...raw
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ]
}

/** Collects a repeatable option whose values may hold commas. */
export function repeat(raw: string, former: readonly string[] = []): string[] {
  return [...former, raw]
}

/** Collects `name=value` pairs. */
export function pair(separator: '=' | ':'): (raw: string, former?: Record<string, string>) => Record<string, string> {
  return (raw, former = {}) => {
    const at = raw.indexOf(separator)
    if (at < 1) throw new InvalidArgumentError(`Expected name${separator}value.`)
    return { ...former, [raw.slice(0, at).trim()]: raw.slice(at + 1).trim() }
  }
}

/** Parses a JSON object. */
export function jsonObject(raw: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(raw)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Falls through to the same message: what matters to the user is what was expected.
  }
  throw new InvalidArgumentError(
    'Expected a JSON object such as \'{"chat_template_kwargs":{"enable_thinking":false}}\'.',
  )
}
