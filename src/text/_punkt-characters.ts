import type { NltkProfile } from './nltk-profile.ts'

const curly = '‘’“”«»'
const tables = new Map<string, Uint8Array>()

/** Marks before which a word may end (by UTF-16 unit, 1 = member). */
export function nonWordMarks(profile: NltkProfile): Uint8Array {
  return tableOf(`)";}]*:@'({[?!${profile === '3.10' ? curly : ''}`)
}

/** Marks that may close a sentence after its full stop. */
export function closingMarks(profile: NltkProfile): Uint8Array {
  return tableOf(`"')]}${profile === '3.10' ? curly : ''}`)
}

/** Characters with which no Punkt word begins. */
export const notWordStart: Uint8Array = tableOf('("`{[:;&#*@)}]-,')

function tableOf(characters: string): Uint8Array {
  let table = tables.get(characters)
  if (!table) {
    table = new Uint8Array(0x10000)
    for (const character of characters) table[character.charCodeAt(0)] = 1
    tables.set(characters, table)
  }
  return table
}
