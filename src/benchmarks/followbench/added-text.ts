const shortestAddition = 8
const punctuation = /^[\s.,;:!?'"()，。；：！？、“”]*$/u

/**
 * The text that one level adds to the instruction of the level before it, when it can be told apart: the new instruction
 * is the old one with one piece put in (punctuation at the seam may change). Null when anything else differs, when there
 * was no instruction before, and when too little was added to stand on its own.
 */
export function addedText(before: string, after: string): string | null {
  if (before.trim() === '') return null
  const prefix = commonPrefix(before, after)
  const suffix = commonSuffix(before.slice(prefix), after.slice(prefix))
  const dropped = before.slice(prefix, before.length - suffix)
  if (!punctuation.test(dropped)) return null
  const added = trimSeam(after.slice(prefix, after.length - suffix))
  return added.length >= shortestAddition ? added : null
}

/** Length of the common beginning, cut back to a word border: shared first letters of two words do not count. */
function commonPrefix(one: string, other: string): number {
  const limit = Math.min(one.length, other.length)
  let length = 0
  while (length < limit && one.charCodeAt(length) === other.charCodeAt(length)) length += 1
  while (length > 0 && (isInsideWord(one, length) || isInsideWord(other, length))) length -= 1
  return length
}

/** Length of the common end, cut back to a word border. */
function commonSuffix(one: string, other: string): number {
  const limit = Math.min(one.length, other.length)
  const unitAt = (text: string, fromEnd: number) => text.charCodeAt(text.length - fromEnd)
  let length = 0
  while (length < limit && unitAt(one, length + 1) === unitAt(other, length + 1)) length += 1
  while (length > 0 && (isInsideWord(one, one.length - length) || isInsideWord(other, other.length - length)))
    length -= 1
  return length
}

/** True when both sides of a position are Latin letters. */
function isInsideWord(text: string, at: number): boolean {
  return isLatin(text.charCodeAt(at - 1)) && isLatin(text.charCodeAt(at))
}

function isLatin(unit: number): boolean {
  return (unit | 32) >= 97 && (unit | 32) <= 122
}

function trimSeam(text: string): string {
  return text.replace(/^[\s,;:.，；：。、]+/u, '').replace(/[\s,;:，；：、]+$/u, '')
}
