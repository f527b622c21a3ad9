/**
 * Fragments that give a JavaScript regular expression the meaning of a Python one. Use them with flag `u`, and without
 * `i` (which would let `\p{L}` match U+0345) and `m` (which also breaks at \r, U+2028 and U+2029). Zero-width ones are put
 * so that they do not match inside a surrogate pair, where V8 also tries.
 */

/** Body of a class for Python's `\s`. */
export const whiteSpaceBody =
  '\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
/** Python's `\s`. */
export const WS = `[${whiteSpaceBody}]`
/** Python's `\S`. */
export const NOT_WS = `[^${whiteSpaceBody}]`
/** Python's `\w`: letters and numbers of any script and underscore; combining marks are not word characters. */
export const W = '[\\p{L}\\p{N}_]'
/** Python's `\W`. */
export const NOT_W = '[^\\p{L}\\p{N}_]'
/** Python's `\d`: decimal digits of any script. */
export const DIGIT = '\\p{Nd}'
/** Python's `\D`. */
export const NOT_DIGIT = '\\P{Nd}'
/** Python's `.` without DOTALL: anything but U+000A. */
export const ANY = '[^\\n]'
/** Python's `\b`. */
export const BOUNDARY = `(?:(?<=${W})(?!${W})|(?<!${W})(?=${W}))`
/** Python's `\B`; as before Python 3.14 it does not match in an empty text. */
export const NOT_BOUNDARY = `(?:(?<=${W})(?=${W})|(?<!${W})(?!${W})(?:(?=[\\s\\S])|(?<=[\\s\\S])))`
/** Python's `^` with MULTILINE. */
export const LINE_START = '(?<=^|\\n)'
/** Python's `$` with MULTILINE. */
export const LINE_END = '(?=\\n|$)'
/** Python's `$` without MULTILINE: at the end, or before one final line feed. */
export const END = '(?=\\n?$)'
