import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** All records of a golden file, plain or gzipped. */
export function goldenRows<Row>(path: string): Row[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** Equal as JSON, with objects compared key by key in any order and numbers within 1e-9. */
export function sameJson(expected: unknown, found: unknown): boolean {
  if (typeof expected === 'number' && typeof found === 'number') return Math.abs(expected - found) <= 1e-9
  if (typeof expected !== 'object' || expected === null || typeof found !== 'object' || found === null) {
    return expected === found
  }
  if (Array.isArray(expected) !== Array.isArray(found)) return false
  const keys = Object.keys(expected)
  return (
    keys.length === Object.keys(found).length &&
    keys.every(
      (key) =>
        Object.hasOwn(found, key) &&
        sameJson((expected as Record<string, unknown>)[key], (found as Record<string, unknown>)[key]),
    )
  )
}
