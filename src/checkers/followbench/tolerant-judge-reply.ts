import { rstrip } from '../../text/strip.ts'
import { excerpt } from './_excerpt.ts'
import type { JudgeReading } from './judge-reply.ts'

const satisfied = new Set(['YES', 'TRUE', '是'])
const unsatisfied = new Set(['NO', 'PARTIAL', 'PARTIALLY', 'MAYBE', 'UNKNOWN', 'N/A', 'FALSE', '否'])
const quotes = /^[\s'"`*\u2018\u2019\u201c\u201d]+|[\s'"`*\u2018\u2019\u201c\u201d]+$/g
/** What may stand before and after a list that has a line of its own: a label and markup, markup and a comment. */
const before = /^(?:[^\n]{0,40}[:：=])?[\s*`>#~-]*(?:<\w{1,10}>)?$/u
const after = /^[\s\p{P}`~]*(?:<\/\w{1,10}>)?\p{Cf}*(?:[ \t]*#[^\n]*)?$/u
/** Nothing but markup on the lines behind the list's own. */
const isNearEnd = /^[^\n]*[\s`~#*]*$/u
/** Longer brackets cannot hold five verdicts; reading them again and again would take quadratic time. */
const longestList = 400

/**
 * Reads a judge's reply for what it means rather than for how upstream's code happens to read it: the last bracketed
 * list of verdict words on the last line or on a line of its own, in any quotes and any case, over several lines if need
 * be. Nothing is guessed: a list inside a sentence before the end may be quoted from the answer, the list must have one
 * word per constraint, and a word that is no verdict fails the reply.
 * @param level number of constraints, 1 to 5
 */
export function readJudgeReplyTolerantly(reply: string, level: number): JudgeReading {
  const words = lastVerdictList(reply)
  if (words) {
    if (words.length === level) return fromWords(words)
    return { parsed: false, reason: `expected a list of ${level} verdicts, found ${words.length}` }
  }
  return level === 1 ? readLastLine(reply) : unparsed(`a list of ${level} verdicts`, reply)
}

/** Words of the last bracket that holds nothing but verdict words and stands where a verdict does, or null. */
function lastVerdictList(reply: string): string[] | null {
  for (let end = reply.lastIndexOf(']'); end > 0; end = reply.lastIndexOf(']', end - 1)) {
    const window = reply.slice(Math.max(0, end - longestList), end)
    const start = window.lastIndexOf('[')
    if (start === -1) continue
    const words = window
      .slice(start + 1)
      .replace(/,\s*$/, '')
      .split(/[,，、]/)
      .map((word) => word.replace(quotes, '').toUpperCase())
    if (words.every(isVerdict) && standsAlone(reply, end - (window.length - start), end)) return words
  }
  return null
}

/** True when the bracket from `open` to `close` is on the last line, or has the lines that it stands on to itself. */
function standsAlone(reply: string, open: number, close: number): boolean {
  const tail = reply.slice(close + 1, close + 2 + longestList)
  if (tail.length <= longestList && isNearEnd.test(tail)) return true
  const head = reply.slice(Math.max(0, open - longestList), open)
  const lineEnd = tail.indexOf('\n')
  return before.test(head.slice(head.lastIndexOf('\n') + 1)) && lineEnd !== -1 && after.test(tail.slice(0, lineEnd))
}

/**
 * At level 1 the bare word will do: alone on the last line in any case, or in capitals at its end. A `no` inside a sentence
 * is a word of some language, not a verdict.
 */
function readLastLine(reply: string): JudgeReading {
  const line = rstrip(reply, '`*. \t\r\n').split('\n').at(-1) ?? ''
  const end = line.slice(-longestList)
  const found = new Set(end.toUpperCase().match(/(?<![\p{L}\p{N}_])(?:YES|NO)(?![\p{L}\p{N}_])/gu))
  const [word] = found
  if (found.size !== 1 || word === undefined) return unparsed('YES or NO on the last line', line)
  const bare = end.replace(quotes, '')
  const isVerdictLine = bare.toUpperCase() === word || /(?<![\p{L}\p{N}_])(?:YES|NO)$/u.test(bare)
  return isVerdictLine ? fromWords([word]) : unparsed('YES or NO on the last line', line)
}

function isVerdict(word: string): boolean {
  return satisfied.has(word) || unsatisfied.has(word)
}

function fromWords(words: readonly string[]): JudgeReading {
  return { parsed: true, words, values: words.map((word) => (satisfied.has(word) ? 1 : 0)) }
}

function unparsed(expected: string, found: string): JudgeReading {
  const shown = found.trim() === '' ? 'nothing' : excerpt(found.slice(-100).trim())
  return { parsed: false, reason: `expected ${expected}, found ${shown}` }
}
