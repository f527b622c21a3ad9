import { DataError } from '../../core/errors.ts'

/**
 * How braces of a template are read.
 * - `named`: only `{slot}` of a given slot is special; every other brace is text.
 * - `positional`: only `{}` is special.
 * - `format`: as Python's `str.format` does: fields by name or in order, and `{{`, `}}` stand for single braces.
 */
export type FillStyle = 'named' | 'positional' | 'format'

/** Values by slot name, or in the order in which the slots stand in the template. */
export type SlotValues = Readonly<Record<string, string>> | readonly string[]

const patterns: Readonly<Record<FillStyle, RegExp>> = {
  named: /\{([A-Za-z_]\w*)\}/g,
  positional: /\{()\}/g,
  format: /\{\{|\}\}|\{([^{}]*)\}/g,
}

/**
 * Fills a template in one pass. Values are inserted as they are: a value that looks like a slot, a brace or a
 * replacement pattern (`$&`) stays text and is never read again.
 * @throws DataError `template-slot` when a value has no place in the template, or a place by order has no value
 */
export function fillTemplate(template: string, slots: SlotValues, style: FillStyle): string {
  const isOrdered = Array.isArray(slots)
  const values = new Map<string, string>(Object.entries(slots))
  const used = new Set<string>()
  let position = 0
  const filled = template.replace(patterns[style], (found: string, field: string | undefined) => {
    if (field === undefined) return found[0]!
    const key = isOrdered ? String(position++) : field
    used.add(key)
    return values.get(key) ?? (isOrdered ? '' : found)
  })
  const unused = [...values.keys()].filter((key) => !used.has(key))
  if (unused.length > 0 || (isOrdered && position !== values.size)) {
    const expected = isOrdered ? `${values.size} slots` : `a slot for ${unused.join(', ')}`
    const found = isOrdered ? `${position}` : `only ${[...used].join(', ') || 'plain text'}`
    throw new DataError('template-slot', `Expected the template to have ${expected}, found ${found}`)
  }
  return filled
}
