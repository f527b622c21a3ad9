import { loadPythonJson } from '../../text/python-json.ts'
import type { PythonValue } from '../../text/repr.ts'
import { strip } from '../../text/strip.ts'

/** A judgement of one criterion. */
export interface Judgement {
  /** 1 to 10. */
  readonly score: number
  readonly reason: string
  /** How Python would hold the score: a float prints as 7.0, and true counts as 1. */
  readonly kind: 'int' | 'float' | 'bool'
}

/** What upstream's check makes of a reply. With `raises` the check itself fails and the official run ends. */
export type ReplyCheck =
  | { readonly outcome: 'accepted'; readonly judgement: Judgement }
  | { readonly outcome: 'rejected' }
  | { readonly outcome: 'raises' }

const rejected: ReplyCheck = { outcome: 'rejected' }
const raises: ReplyCheck = { outcome: 'raises' }

/**
 * Characters that upstream strips from both ends of a reply.
 *
 * parity: a set of characters, not the word, and without white space: a fence is removed only at the very ends.
 */
export const strippedCharacters = 'json|`'

/**
 * Upstream's reading of a reply (`evaluate_benchmark.py` of X-PLUG/WritingBench at ae2d5176): JSON by Python's rules
 * with `score` equal to one of 1 to 10 and a text as `reason`.
 */
export function checkReply(reply: string): ReplyCheck {
  const parsed = loadPythonJson(strip(reply, strippedCharacters))
  if (!parsed.ok) return rejected
  const { value } = parsed
  if (value instanceof Map) return checkFields(value as ReadonlyMap<string, PythonValue>)
  // parity: `'score' in x` is a search in texts and lists, whose indexing fails then, and fails itself on all others.
  if (typeof value === 'string') return value.includes('score') && value.includes('reason') ? raises : rejected
  if (Array.isArray(value)) return value.includes('score') && value.includes('reason') ? raises : rejected
  return raises
}

function checkFields(fields: ReadonlyMap<string, PythonValue>): ReplyCheck {
  const reason = fields.get('reason')
  const score = toScore(fields.get('score'))
  if (score === null || typeof reason !== 'string') return rejected
  return { outcome: 'accepted', judgement: { ...score, reason } }
}

function toScore(value: PythonValue | undefined): Pick<Judgement, 'score' | 'kind'> | null {
  // parity: true equals 1 in Python.
  if (typeof value === 'boolean') return value ? { score: 1, kind: 'bool' } : null
  if (typeof value === 'bigint') return inScale(Number(value)) ? { score: Number(value), kind: 'int' } : null
  return typeof value === 'number' && inScale(value) ? { score: value, kind: 'float' } : null
}

function inScale(score: number): boolean {
  return Number.isInteger(score) && score >= 1 && score <= 10
}

/** Upstream's reading; null for every reply that it does not accept. */
export function readStrictly(reply: string): Judgement | null {
  const check = checkReply(reply)
  return check.outcome === 'accepted' ? check.judgement : null
}

/**
 * The repaired reading: white space (and a byte-order mark) outside the fence does not matter, and true is no score.
 * Text around the JSON is not read: a judge that quotes the response could quote a score.
 */
export function readLeniently(reply: string): Judgement | null {
  const judgement = readStrictly(strip(reply.replace(/^\ufeff/, '')))
  return judgement === null || judgement.kind === 'bool' ? null : judgement
}
