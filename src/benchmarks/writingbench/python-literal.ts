const space = /[ \t\n\r\f]*/y
const scalar =
  /(?:None|True|False)(?!\w)|[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)(?!\w)/y
const string = /[rRuUbB]?(?:'(?:[^'\\\n\r]|\\[\s\S])*'|"(?:[^"\\\n\r]|\\[\s\S])*")/y
const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' }
const deepest = 100

/**
 * True when a text is one plain Python literal: a number, a text on one line, None, True, False, or a list, tuple, set or
 * dictionary of such. Reads the form only and never evaluates.
 */
export function isPythonLiteral(text: string): boolean {
  let position = skip(text, /[ \t\f]*/y, 0)
  const open: string[] = []
  let expectsValue = true
  for (;;) {
    if (open.length > 0 || !expectsValue) position = skip(text, space, position)
    const next = text[position]
    if (next === undefined) return open.length === 0 && !expectsValue
    if (open.length > 0 && next === open.at(-1)) {
      open.pop()
      position += 1
      expectsValue = false
    } else if (expectsValue && closing[next] !== undefined) {
      if (open.length === deepest) return false
      open.push(closing[next])
      position += 1
    } else if (expectsValue) {
      const end = Math.max(skip(text, scalar, position), skip(text, string, position))
      if (end === position) return false
      position = end
      expectsValue = false
    } else if (open.length > 0 && (next === ',' || (next === ':' && open.at(-1) === '}'))) {
      position += 1
      expectsValue = true
    } else return false
  }
}

function skip(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from
  return from + (pattern.exec(text)?.[0].length ?? 0)
}
