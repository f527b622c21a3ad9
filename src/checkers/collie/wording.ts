import type { Level, Relation, Unknown } from './grammar.ts'
import { isList, type Value } from './value.ts'

const longest = 160

/** A level as a noun; the text itself where there is none. */
export function unitName(level: Level | Unknown | null, count = 1): string {
  const name = level === null ? 'character' : typeof level === 'string' ? level : level.unknown
  return count === 1 ? name : `${name}s`
}

/** A 0-based position, negative from the end, in words: `4th`, `last`, `2nd to last`. */
export function positionName(position: number): string {
  if (position >= 0) return ordinal(position + 1)
  return position === -1 ? 'last' : `${ordinal(-position)} to last`
}

/** A bound in words: `at least 12`. */
export function boundName(relation: Relation, value: Value): string {
  return `${bounds[relation]} ${show(value)}`
}

/** A value for people: strings in quotes, nothing as a dash, lists with commas, long ones cut. */
export function show(value: Value): string {
  return excerpt(plainly(isList(value) && value.length > 40 ? value.slice(0, 40) : value))
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Cuts a long text and says so. */
export function excerpt(text: string): string {
  return text.length > longest ? `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…` : text
}

const bounds: Readonly<Record<Relation, string>> = {
  '==': 'exactly',
  '!=': 'not',
  '<': 'fewer than',
  '>': 'more than',
  '<=': 'at most',
  '>=': 'at least',
  in: 'among',
  'not in': 'not among',
}

function plainly(value: Value): string {
  if (isList(value)) return value.length === 0 ? 'none' : value.map(plainly).join(', ')
  if (typeof value === 'string') return `“${value.length > longest ? value.slice(0, longest) : value}”`
  return value === null ? '–' : String(value)
}

function ordinal(number: number): string {
  const isTeen = number % 100 > 10 && number % 100 < 14
  const ending = isTeen ? undefined : { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10]
  return `${number}${ending ?? 'th'}`
}
