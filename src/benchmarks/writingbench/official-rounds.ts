import { loadPythonJson } from '../../text/python-json.ts'
import { strip } from '../../text/strip.ts'
import { checkReply, type Judgement, strippedCharacters } from './judge-reply.ts'
import { isPythonLiteral } from './python-literal.ts'

/** Replies that one round asks for until one is accepted. */
export const repliesPerRound = 5
/** Rounds for one criterion. */
export const rounds = 3
/** Most replies for one criterion. */
export const maxReplies = repliesPerRound * rounds

/** What upstream's loop makes of a row of replies. */
export interface OfficialRounds {
  readonly judgement: Judgement | null
  /** Replies used. */
  readonly calls: number
  /** Exception with which the official run ends, where it does. */
  readonly raises?: 'TypeError' | 'SyntaxError' | 'NameError' | 'ValueError'
}

/**
 * Follows upstream's two loops over replies that were given (`evaluate_benchmark.py` of X-PLUG/WritingBench at
 * ae2d5176). A null reply is rejected.
 * @returns null when the replies end before the loops do
 */
export function followRounds(replies: readonly (string | null)[]): OfficialRounds | null {
  for (const [position, reply] of replies.entries()) {
    const calls = position + 1
    const check = reply === null ? { outcome: 'rejected' as const } : checkReply(reply)
    if (check.outcome === 'accepted') return { judgement: check.judgement, calls }
    if (check.outcome === 'raises') return { judgement: null, calls, raises: 'TypeError' }
    const end = calls % repliesPerRound === 0 ? endOfRound(reply) : null
    if (end) return { judgement: null, calls, raises: end }
    if (calls === maxReplies) return { judgement: null, calls, raises: 'ValueError' }
  }
  return null
}

/** A name, also with attributes; the words of the language are none. `null` is one, since its `n` is stripped. */
const name =
  /^(?!(?:and|as|assert|break|class|def|del|elif|else|except|for|from|if|import|in|is|lambda|pass|try|with)$)[\p{ID_Start}_][\p{ID_Continue}_]*(?:\.[\p{ID_Start}_][\p{ID_Continue}_]*)*$/u

/**
 * parity: after a lost round upstream parses the last reply once more and, where it is no JSON, evaluates it as Python.
 * Nothing is evaluated here: whether the text is a plain literal or a name is looked at, and anything but a literal ends
 * the run.
 */
function endOfRound(reply: string | null): 'SyntaxError' | 'NameError' | null {
  if (reply === null) return 'SyntaxError'
  const text = strip(reply, strippedCharacters)
  if (loadPythonJson(text).ok || isPythonLiteral(text)) return null
  return name.test(text) ? 'NameError' : 'SyntaxError'
}
