import fc from 'fast-check'
import { cpython } from './_cpython.ts'

const difficult = [
  ...' \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\u180e\0',
  ...'aZiIİısſSkK\u212aßẞǅªʰⅷⅧⒶÅåσςΣéÉ\u0301\u0345_-.,:;!?\'"\\*[](){}<>`«»“”‘’„—…$%&#@/|^+=~',
  ...'0159²½٣１一十零五两',
  ...'😀𝔸𐐀𐐨',
  '\ud800',
  '\udc00',
  'can',
  'not',
  "n't",
  "'s",
  'NaN',
  'null',
  '1e5',
  '--',
  '...',
]

/** Texts made of characters on which Python and JavaScript disagree, and of any code points. */
export const anyText = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...difficult) },
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 24,
})

/** Code points whose case or numeric value changed between Unicode 14 and 17, as strings. */
export const changedProperties =
  '\u0295\u10fc\ua7f2\ua7f3\ua7f4\uab69\u4e24\u4eac\u4fe9\u5006\u62d0\u6d1e\u7695\u79ed\u920e\u94a9'

/**
 * A test for texts whose characters the interpreter's Unicode tables and this Node's know equally (both assigned or
 * both not, and no property changed).
 */
export async function sharedUnicode(): Promise<(text: string) => boolean> {
  const python = await cpython()
  const unassigned = python.define(
    "lambda: [c for c in range(0x110000) if unicodedata.category(chr(c)) == 'Cn']",
  )() as number[]
  const known = new Set(unassigned)
  const isUnassigned = /\p{Cn}/u
  return (text) =>
    Array.from(text).every(
      (character) =>
        known.has(character.codePointAt(0)!) === isUnassigned.test(character) && !changedProperties.includes(character),
    )
}
