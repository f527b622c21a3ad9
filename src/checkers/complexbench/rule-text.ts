import { strip } from '../../text/strip.ts'
import { normalisePunctuation } from './punctuation.ts'
import { type ListEntry, readPythonList } from './python-list.ts'
import { RuleError } from './rule-error.ts'

/** Whether the bracket part of a rule may hold line feeds. */
export interface BracketOptions {
  readonly acrossLines: boolean
  /** What Python raises where a rule has no such part. @default 'IndexError' */
  readonly error?: 'IndexError' | 'AttributeError'
}

/**
 * The part `[...]` of a rule `name:[...]`, brackets included: from the bracket directly after the name to the one that
 * ends the rule (or stands before one final line feed).
 * @throws RuleError when the rule has no such part
 */
export function bracketPart(rule: string, name: string, { acrossLines, error = 'IndexError' }: BracketOptions): string {
  const text = withoutFinalLineFeed(rule)
  const head = `${name}:[`
  for (let at = rule.indexOf(head); at !== -1; at = rule.indexOf(head, at + 1)) {
    const part = text.slice(at + head.length - 1)
    if (part.length >= 2 && part.endsWith(']') && (acrossLines || !part.includes('\n'))) return part
  }
  throw new RuleError(error, `Expected a rule that ends with \`${name}:[...]\`, got ${JSON.stringify(rule)}`)
}

/**
 * The text of a rule `name:text`: all after the first name, line feeds included, less one final line feed. Not trimmed.
 * @throws RuleError IndexError when the rule has no such part
 */
export function textPart(rule: string, name: string): string {
  const at = rule.indexOf(`${name}:`)
  if (at === -1) throw new RuleError('IndexError', `Expected \`${name}:\` in the rule, got ${JSON.stringify(rule)}`)
  return withoutFinalLineFeed(rule.slice(at + name.length + 1))
}

/** The same inside one line: the text must end the rule. */
export function lineTextPart(rule: string, name: string): string {
  const head = `${name}:`
  for (let at = rule.indexOf(head); at !== -1; at = rule.indexOf(head, at + 1)) {
    const text = withoutFinalLineFeed(rule.slice(at + head.length))
    if (!text.includes('\n')) return text
  }
  throw new RuleError('IndexError', `Expected a rule that ends with \`${name}:text\`, got ${JSON.stringify(rule)}`)
}

/**
 * The two texts of a rule of two lines, `first:A` and `second:B`. A may itself hold line feeds.
 * @throws RuleError AttributeError when the rule is not of this form
 */
export function twoTextParts(rule: string, first: string, second: string): [first: string, second: string] {
  const start = rule.indexOf(`${first}:`)
  const from = start + first.length + 1
  const middle = start === -1 ? -1 : rule.indexOf(`\n${second}:`, from)
  if (middle === -1) throw twoLineError(rule, `${first}:...`, `${second}:...`)
  return [rule.slice(from, middle), withoutFinalLineFeed(rule.slice(middle + second.length + 2))]
}

/**
 * The two bracket parts of a rule of two lines, `first:[...]` and `second:[...]`, line feeds allowed inside.
 * @throws RuleError AttributeError when the rule is not of this form
 */
export function twoBracketParts(rule: string, first: string, second: string): [first: string, second: string] {
  const text = withoutFinalLineFeed(rule)
  const joint = `]\n${second}:[`
  const start = text.indexOf(`${first}:[`)
  const from = start + first.length + 1
  const middle = start === -1 ? -1 : text.indexOf(joint, from + 1)
  const rest = middle + joint.length - 1
  if (middle === -1 || !text.endsWith(']') || text.length - rest < 2) {
    throw twoLineError(rule, `${first}:[...]`, `${second}:[...]`)
  }
  return [text.slice(from, middle + 1), text.slice(rest)]
}

/**
 * Items of a bracket part: all `[` and `]` go from both ends, the rest is split at ASCII commas and its punctuation is
 * mapped. `[]` has one empty item.
 * @param areTrimmed false keeps white space around items, as the counting rules for several segments do
 */
export function listItems(part: string, { areTrimmed }: { readonly areTrimmed: boolean }): string[] {
  let start = 0
  let end = part.length
  while (start < end && isBracket(part[start]!)) start += 1
  while (end > start && isBracket(part[end - 1]!)) end -= 1
  return part
    .slice(start, end)
    .split(',')
    .map((item) => normalisePunctuation(areTrimmed ? strip(item) : item))
}

/** Inclusive bounds of a count. */
export interface Bounds {
  /** @throws RuleError IndexError when a bound that is needed is missing, TypeError when it is no number */
  includes(count: number): boolean
  /** What is wrong with the bounds, or null. */
  readonly flaw: string | null
  /** `80 to 120`, for evidence. */
  readonly text: string
}

/** Reads the bounds of a rule `name:[low,high]`; entries after the second are not looked at. */
export function readBounds(part: string): Bounds {
  const entries = readPythonList(part)
  // parity: the upper bound is read only when the lower one is met, so that a single entry fails late.
  const includes = (count: number) => bound(entries, 0) <= count && count <= bound(entries, 1)
  const isComplete = typeof entries[0] === 'number' && typeof entries[1] === 'number'
  const flaw = isComplete ? null : `Expected two numbers as bounds, got ${part}`
  return { includes, flaw, text: `${entries[0]} to ${entries[1]}` }
}

function bound(entries: readonly ListEntry[], index: number): number {
  const entry = entries[index]
  if (entry === undefined) {
    throw new RuleError('IndexError', `Expected two bounds, got ${JSON.stringify(entries)}`)
  }
  if (typeof entry !== 'number') throw new RuleError('TypeError', `Expected a number, got ${JSON.stringify(entry)}`)
  return entry
}

function isBracket(character: string): boolean {
  return character === '[' || character === ']'
}

function withoutFinalLineFeed(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

function twoLineError(rule: string, first: string, second: string): RuleError {
  return new RuleError(
    'AttributeError',
    `Expected the lines \`${first}\` and \`${second}\`, got ${JSON.stringify(rule)}`,
  )
}
