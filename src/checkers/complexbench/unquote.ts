import { RuleError } from './rule-error.ts'

const opening = '"“`'
const closing = '"”`'

/**
 * Takes leading line feeds off a segment, and one pair of quotes around it; the two need not match, and a single quote
 * character is taken for both. Null and the empty text give the empty text.
 *
 * Source: thu-coai/ComplexBench `evaluation/con_rule.py` at 749f4575, `decom`.
 * @throws RuleError IndexError for a text of line feeds alone
 */
export function unquote(segment: string | null): string {
  if (segment === null || segment === '') return ''
  let start = 0
  while (segment[start] === '\n') start += 1
  // parity: upstream looks at the first character of what is left without asking whether there is one.
  if (start === segment.length) throw new RuleError('IndexError', 'a segment of line feeds alone cannot be unquoted')
  const isQuoted = opening.includes(segment[start]!) && closing.includes(segment.at(-1)!)
  return isQuoted ? segment.slice(start + 1, Math.max(start + 1, segment.length - 1)) : segment.slice(start)
}
