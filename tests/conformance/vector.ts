/** A golden vector of a pure function. */
export interface Vector {
  readonly id: string
  readonly fn: string
  readonly kind?: string
  readonly input: unknown
  readonly expected: Readonly<Record<string, unknown>>
  /** Absolute tolerance; 0 is exact. */
  readonly tol: number
}

/** First expected field that differs from what was found, in words; null when all agree. */
export function firstDifference({ expected, tol }: Vector, found: Readonly<Record<string, unknown>>): string | null {
  for (const [field, value] of Object.entries(expected)) {
    if (!agrees(value, found[field], tol)) {
      return `${field}: expected ${JSON.stringify(value)}, found ${JSON.stringify(found[field])}`
    }
  }
  return null
}

function agrees(expected: unknown, found: unknown, tolerance: number): boolean {
  if (typeof expected === 'number') return typeof found === 'number' && Math.abs(expected - found) <= tolerance
  if (Array.isArray(expected)) {
    return (
      Array.isArray(found) &&
      found.length === expected.length &&
      expected.every((value, index) => agrees(value, found[index], tolerance))
    )
  }
  if (expected !== null && typeof expected === 'object') {
    return Object.entries(expected).every(([field, value]) =>
      agrees(value, (found as Record<string, unknown> | null | undefined)?.[field], tolerance),
    )
  }
  return expected === found
}
