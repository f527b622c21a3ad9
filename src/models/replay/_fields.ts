export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** First of the named fields that can be converted; a key counts in lower and in upper case. */
export function first<T>(fields: Fields, keys: readonly string[], convert: (value: unknown) => T | null): T | null {
  for (const key of keys) {
    const found = convert(pick(fields, key))
    if (found !== null) return found
  }
  return null
}

function pick(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : fields[key.toUpperCase()]
}

export function toId(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

export function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function toIndex(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null
}
