import { strip } from '../../text/strip.ts'

/**
 * Content of the last `boxed{...}` group with balanced braces, as it stands; groups are found from left to right and do
 * not overlap. Null without any. Linear in the length of the text.
 */
export function lastBoxedGroup(text: string): string | null {
  const closing = matchingBraces(text)
  let content: string | null = null
  for (let at = text.indexOf('boxed{'); at !== -1; ) {
    const open = at + 'boxed'.length
    const close = closing.get(open)
    if (close !== undefined) content = text.slice(open + 1, close)
    at = text.indexOf('boxed{', close ?? open)
  }
  return content
}

/**
 * Choice letter the official code reads: the trimmed content of the last `\boxed{...}`; where there is no `\boxed{` at
 * all, the untrimmed content of the last `boxed{...}` up to its first closing brace on the line. Null without any.
 */
export function boxedChoice(text: string): string | null {
  const at = text.lastIndexOf('\\boxed{')
  if (at === -1) return lastUnmarkedBox(text)
  const open = at + '\\boxed'.length
  const close = matchingBraces(text).get(open)
  return close === undefined ? null : strip(text.slice(open + 1, close))
}

function lastUnmarkedBox(text: string): string | null {
  let content: string | null = null
  for (const line of text.split('\n')) {
    let close = 0
    for (let at = line.indexOf('boxed{'); at !== -1; at = line.indexOf('boxed{', close)) {
      close = line.indexOf('}', at)
      if (close === -1) break
      content = line.slice(at + 'boxed{'.length, close)
    }
  }
  return content
}

/** Position of the closing brace for every opening one that has one. */
function matchingBraces(text: string): ReadonlyMap<number, number> {
  const closing = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') open.push(at)
    else if (text[at] === '}' && open.length > 0) closing.set(open.pop()!, at)
  }
  return closing
}
