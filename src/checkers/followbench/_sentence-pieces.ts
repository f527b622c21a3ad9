import { ANY, W } from '../../text/regex-classes.ts'
import { isWhiteSpace } from '../../text/white-space.ts'

const abbreviation = new RegExp(`(?:${W}\\.${W}${ANY}|[A-Z][a-z]\\.)$`, 'u')
/** UTF-16 units that the longest form of {@link abbreviation} may take, and more. */
const abbreviationWindow = 8

/**
 * Cuts a text at each white-space character after a full stop or a question mark, but for forms such as `e.g.` and `Mr.`
 * before it.
 *
 * parity: exactly one white-space character is taken, so that more of them stay in the next piece or make an empty one.
 */
export function sentencePieces(text: string): string[] {
  const pieces: string[] = []
  let start = 0
  for (let at = 1; at < text.length; at += 1) {
    if (!isWhiteSpace(text.charCodeAt(at))) continue
    const before = text.charCodeAt(at - 1)
    if (before !== 46 && before !== 63) continue
    if (abbreviation.test(text.slice(Math.max(0, at - abbreviationWindow), at))) continue
    pieces.push(text.slice(start, at))
    start = at + 1
  }
  pieces.push(text.slice(start))
  return pieces
}
