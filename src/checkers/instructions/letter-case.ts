import * as z from 'zod'
import { isLower, isUpper } from '../../text/letter-case.ts'
import { type Check, defineInstruction, threshold } from './definition.ts'
import { capitalWords } from './fixed-words.ts'
import { undetectedFails } from './language.ts'
import { counted, holds, relations } from './outcome.ts'

/** A text of one case, in English by detection. `detectLower` detects in the lower-cased text. */
function caseCheck(
  isCase: (text: string) => boolean,
  name: string,
  options: { undetected: boolean; detectLower: boolean },
): Check {
  return (view) => {
    if (!isCase(view.text)) return { pass: false, found: `not all ${name}` }
    const language = options.detectLower ? view.derive(view.lower).language : view.language
    // parity: langdetect's exception for a text without features counts as followed
    if (language === null) return { pass: options.undetected, found: `all ${name}, no language could be detected` }
    return { pass: language === 'en', found: `all ${name}, language ${language}` }
  }
}

/** `change_case:english_capital`: capitals only, in English. */
export const englishCapital = defineInstruction({
  id: 'change_case:english_capital',
  parameters: z.object({}),
  describe: () => 'The whole response is in English and in capitals.',
  official: () => ({
    expected: 'all capital letters, language en',
    check: caseCheck(isUpper, 'capital letters', { undetected: true, detectLower: false }),
  }),
  fixed: () => ({
    expected: 'all capital letters, language en',
    check: caseCheck(isUpper, 'capital letters', { undetected: false, detectLower: true }),
  }),
  repairs: [
    {
      name: 'capitals-language',
      description:
        'Official: the language of a text in capitals is judged by the first letters of its words alone, because the ' +
        'detector skips capitals that follow a capital. Fixed: it is judged in the lower-cased text.',
    },
    undetectedFails,
  ],
})

/** `change_case:english_lowercase`: no capitals, in English. */
export const englishLowercase = defineInstruction({
  id: 'change_case:english_lowercase',
  parameters: z.object({}),
  describe: () => 'The whole response is in English, without a capital letter.',
  official: () => ({
    expected: 'all lower-case letters, language en',
    check: caseCheck(isLower, 'lower-case letters', { undetected: true, detectLower: false }),
  }),
  fixed: () => ({
    expected: 'all lower-case letters, language en',
    check: caseCheck(isLower, 'lower-case letters', { undetected: false, detectLower: false }),
  }),
  repairs: [undetectedFails],
})

/** `change_case:capital_word_frequency`: so many words in capitals. */
export const capitalWordFrequency = defineInstruction({
  id: 'change_case:capital_word_frequency',
  parameters: z.object({ capital_frequency: threshold, capital_relation: z.enum(relations) }),
  describe: ({ capital_frequency: times, capital_relation: relation }) =>
    `The response has ${relation} ${counted(times, 'word')} in capitals.`,
  official: (parameters) => capitals(parameters, ({ words }) => words.filter(isUpper).length),
  fixed: (parameters) => capitals(parameters, ({ text }) => capitalWords(text)),
  repairs: [
    {
      name: 'capital-words',
      description:
        'Official: capital words are counted among Treebank tokens, so "DON\'T" counts twice (DO, N\'T). Fixed: words ' +
        'are runs of letters and digits with apostrophes and hyphens inside.',
    },
  ],
})

function capitals(
  {
    capital_frequency: times,
    capital_relation: relation,
  }: { capital_frequency: number; capital_relation: (typeof relations)[number] },
  count: (view: Parameters<Check>[0]) => number,
) {
  return {
    expected: `${relation} ${counted(times, 'word')} in capitals`,
    check: ((view) => {
      const found = count(view)
      return { pass: holds(found, relation, times), found: `${counted(found, 'word')} in capitals` }
    }) satisfies Check,
  }
}
