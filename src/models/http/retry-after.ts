import type { ResponseHeaders } from './response-headers.ts'

/**
 * How long a server asks to wait, in milliseconds: `retry-after-ms`, or `Retry-After` in seconds (fractions allowed) or
 * as an HTTP date (RFC 9110, section 10.2.3). A date in the past is 0; anything unreadable or negative is undefined.
 * Whether the delay is sane is for the retry policy to say.
 */
export function retryAfter(headers: ResponseHeaders, now: number = Date.now()): number | undefined {
  const milliseconds = toNumber(headers.get('retry-after-ms'))
  if (milliseconds !== undefined) return milliseconds
  const value = headers.get('retry-after')
  const seconds = toNumber(value)
  if (seconds !== undefined) return seconds * 1000
  // Date.parse takes "-5" and "12:00" too: an HTTP date names a month.
  if (value === null || !/[A-Za-z]{3}/.test(value)) return undefined
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function toNumber(value: string | null): number | undefined {
  return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined
}
