import type { LanguageTables } from './language-tables.ts'
import { isUpper } from './letter-case.ts'

/** Normal form of every UTF-16 unit and whether that form is upper case. */
export interface Normalisation {
  readonly form: Uint16Array
  readonly upper: Uint8Array
}

/** Unicode blocks that become one character: start, end, character. */
const collapsedBlocks: readonly (readonly [number, number, number])[] = [
  [0x2000, 0x206f, 0x20],
  [0x1ea0, 0x1eff, 0x1ec3],
  [0x3040, 0x309f, 0x3042],
  [0x30a0, 0x30ff, 0x30a2],
  [0x3100, 0x312f, 0x3105],
  [0x31a0, 0x31bf, 0x3105],
  [0xac00, 0xd7af, 0xac00],
]

/** Single characters that become another: Romanian commas to cedillas, Persian yeh to Arabic yeh. */
const replaced: readonly (readonly [number, number])[] = [
  [0x219, 0x15f],
  [0x21b, 0x163],
  [0x6cc, 0x64a],
]

/** The character normalisation of langdetect (NGram.normalize). */
export function buildNormalisation(tables: LanguageTables): Normalisation {
  const form = new Uint16Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit += 1) form[unit] = unit
  for (let unit = 0; unit < 0x80; unit += 1) {
    if (!(unit >= 0x41 && unit <= 0x5a) && !(unit >= 0x61 && unit <= 0x7a)) form[unit] = 0x20
  }
  for (const character of tables.latin1Exclude) form[character.charCodeAt(0)] = 0x20
  for (const [start, end, unit] of collapsedBlocks) form.fill(unit, start, end + 1)
  for (const [from, to] of replaced) form[from] = to
  for (const members of tables.kanjiClasses) {
    for (const member of members) form[member.charCodeAt(0)] = members.charCodeAt(0)
  }
  const upper = new Uint8Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit += 1) {
    if ((unit & 0xf800) !== 0xd800 && isUpper(String.fromCharCode(unit))) upper[unit] = 1
  }
  return { form, upper }
}
