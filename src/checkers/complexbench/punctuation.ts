const asciiPunctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

const mapped: ReadonlyMap<string, string> = new Map([
  ['!', '！'],
  ['#', '＃'],
  ['$', '＄'],
  ['%', '％'],
  ['&', '＆'],
  ['(', '（'],
  [')', '）'],
  ['*', '＊'],
  [',', '，'],
  ['.', '。'],
  [':', '：'],
  [';', '；'],
  ['?', '？'],
  ['\\', '＼'],
  ['^', '＾'],
  ['“', '"'],
  ['”', '"'],
])

const mappedCharacter = /[!#$%&()*,.:;?\\^“”]/
const mappedCharacters = new RegExp(mappedCharacter, 'g')

/**
 * Maps fifteen ASCII punctuation characters to Chinese or full-width ones and curly double quotes to `"`; every other
 * character stays (`3.14` becomes `3。14`). The length does not change.
 *
 * Source: thu-coai/ComplexBench `evaluation/con_rule.py` at 749f4575, `extract_and_replace_punctuation_zh`.
 */
export function normalisePunctuation(text: string): string {
  return mappedCharacter.test(text) ? text.replace(mappedCharacters, (mark) => mapped.get(mark)!) : text
}

const results = new Set(mapped.values())

/** True for text that occurs in another one exactly where it occurs after {@link normalisePunctuation}. */
export function isUntouchedByMapping(text: string): boolean {
  for (const character of text) if (results.has(character) || mapped.has(character)) return false
  return true
}

/** The marks that the punctuation test looks for: ASCII punctuation after {@link normalisePunctuation}. */
const testedMarks: readonly string[] = [...asciiPunctuation].map((mark) => mapped.get(mark) ?? mark)

/** Position of a UTF-16 unit's tested mark plus one, 0 for every other unit: of the text as it is, and mapped. */
const markOfUnit = new Uint8Array(0x10000)
for (const [index, mark] of testedMarks.entries()) markOfUnit[mark.charCodeAt(0)] = index + 1
const markOfMappedUnit = markOfUnit.slice()
for (const [from, to] of mapped) markOfMappedUnit[from.charCodeAt(0)] = markOfUnit[to.charCodeAt(0)]!

/**
 * Marks of a text that are not allowed. Only the mapped forms of the 32 ASCII punctuation characters are looked for:
 * `、`, `《》`, `…`, `—`, `‘’` are never seen.
 * @param allowed marks in their mapped form
 * @param isMapped true to look at the text after {@link normalisePunctuation}
 */
export function forbiddenMarks(text: string, allowed: ReadonlySet<string>, isMapped: boolean): string[] {
  const marks = isMapped ? markOfMappedUnit : markOfUnit
  const present = new Uint8Array(testedMarks.length + 1)
  for (let index = 0; index < text.length; index += 1) present[marks[text.charCodeAt(index)]!] = 1
  const found: string[] = []
  for (const [index, mark] of testedMarks.entries()) {
    if (present[index + 1] === 1 && !allowed.has(mark)) found.push(mark)
  }
  return found
}
