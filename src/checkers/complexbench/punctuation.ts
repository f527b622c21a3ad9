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

/** The 32 marks that the punctuation test looks for: ASCII punctuation after {@link normalisePunctuation}. */
const testedMarks: readonly string[] = [...asciiPunctuation].map((mark) => mapped.get(mark) ?? mark)

/**
 * Maps fifteen ASCII punctuation characters to Chinese or full-width ones and curly double quotes to `"`; every other
 * character stays (`3.14` becomes `3。14`).
 *
 * Source: thu-coai/ComplexBench `evaluation/con_rule.py` at 749f4575, `extract_and_replace_punctuation_zh`.
 */
export function normalisePunctuation(text: string): string {
  return mappedCharacter.test(text) ? text.replace(mappedCharacters, (mark) => mapped.get(mark)!) : text
}

/**
 * Marks of a text that are not allowed. Only the mapped forms of ASCII punctuation are looked for: `、`, `《》`, `…`,
 * `—`, `‘’` are never seen.
 * @param allowed marks in their mapped form
 */
export function forbiddenMarks(text: string, allowed: ReadonlySet<string>): string[] {
  return testedMarks.filter((mark) => text.includes(mark) && !allowed.has(mark))
}
