import type { CharacterSet, NamedClass } from './_pattern-syntax.ts'
import { decimalDigitValue } from './decimal-digit.ts'
import { caseVariants } from './ignore-case.ts'
import { isWhiteSpace } from './white-space.ts'
import { isWordCodePoint } from './words.ts'

/** Whether a code point is accepted. */
export type CharacterTest = (codePoint: number) => boolean

const namedTests: Readonly<Record<NamedClass, CharacterTest>> = {
  d: (code) => decimalDigitValue(code) !== null,
  D: (code) => decimalDigitValue(code) === null,
  w: isWordCodePoint,
  W: (code) => !isWordCodePoint(code),
  s: isWhiteSpace,
  S: (code) => !isWhiteSpace(code),
  '.': (code) => code !== 0x0a,
}

/** The test of a set, with ASCII answered from a table. */
export function characterTest(set: CharacterSet, ignoreCase: boolean): CharacterTest {
  const isInRanges = (code: number): boolean => set.ranges.some(([first, last]) => code >= first && code <= last)
  const accepts = (code: number): boolean => {
    const isIn =
      set.classes.some((name) => namedTests[name](code)) ||
      isInRanges(code) ||
      (ignoreCase && variantsOf(code).some(isInRanges))
    return isIn !== set.isNegated
  }
  const table = Uint8Array.from({ length: 128 }, (_, code) => (accepts(code) ? 1 : 0))
  return (code) => (code < 128 ? table[code] === 1 : accepts(code))
}

function variantsOf(code: number): number[] {
  return Array.from(caseVariants(String.fromCodePoint(code)), (variant) => variant.codePointAt(0)!)
}
