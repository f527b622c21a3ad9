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
  const added = trimSeam(wholeWords(after, prefix, after.length - suffix))
  return added.length >= shortestAddition ? added : null
}

function commonPrefix(one: string, other: string): number {
  const limit = Math.min(one.length, other.length)
  let length = 0
  while (length < limit && one.charCodeAt(length) === other.charCodeAt(length)) length += 1
  return length
}

function commonSuffix(one: string, other: string): number {
  const limit = Math.min(one.length, other.length)
  let length = 0
  while (length < limit && one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length))
    length += 1
  return length
}

/** Moves the cut to word borders: letters that both texts share by chance belong to the added words. */
function wholeWords(text: string, start: number, end: number): string {
  let from = start
  while (from > 0 && isLatin(text.charCodeAt(from)) && isLatin(text.charCodeAt(from - 1))) from -= 1
  let to = end
  while (to < text.length && isLatin(text.charCodeAt(to - 1)) && isLatin(text.charCodeAt(to))) to += 1
  return text.slice(from, to)
}

function isLatin(unit: number): boolean {
  return (unit | 32) >= 97 && (unit | 32) <= 122
}

function trimSeam(text: string): string {
  return text.replace(/^[\s,;:.，；：。、]+/u, '').replace(/[\s,;:，；：、]+$/u, '')
}
