import * as z from 'zod'
import { strip } from '../../text/strip.ts'
import { defineInstruction, requiredText, threshold } from './definition.ts'
import { type KeywordSearch, patternSearch, wholeWordSearch } from './keyword-search.ts'
import { counted, holds, relations } from './outcome.ts'

const wholeWords = {
  name: 'whole-words',
  description:
    'Official: a keyword is a regular expression and also counts inside of a longer word ("cat" in "concatenate"). ' +
    'Fixed: it is literal text and must stand as a word of its own.',
}

/** `keywords:existence`: every keyword occurs. */
export const keywordExistence = defineInstruction({
  id: 'keywords:existence',
  parameters: z.object({ keywords: z.array(requiredText).min(1) }),
  describe: ({ keywords }) => `These keywords occur: ${keywords.join(', ')}.`,
  official: ({ keywords }) => existence(keywords, (keyword) => patternSearch(keyword)),
  fixed: ({ keywords }) => existence(keywords, wholeWordSearch),
  repairs: [wholeWords],
})

function existence(keywords: readonly string[], search: (keyword: string) => KeywordSearch) {
  const searches = keywords.map((keyword) => ({ keyword, search: search(keyword) }))
  return {
    expected: `all of ${keywords.join(', ')}`,
    check: (view: Parameters<KeywordSearch['test']>[0]) => {
      const missing = searches.filter(({ search: one }) => !one.test(view)).map(({ keyword }) => keyword)
      return { pass: missing.length === 0, found: missing.length === 0 ? 'all' : `missing ${missing.join(', ')}` }
    },
  }
}

/** `keywords:frequency`: a keyword occurs at least, or less than, so many times. */
export const keywordFrequency = defineInstruction({
  id: 'keywords:frequency',
  parameters: z.object({ keyword: requiredText, frequency: threshold, relation: z.enum(relations) }),
  describe: ({ keyword, frequency, relation }) =>
    `The word ${strip(keyword)} occurs ${relation} ${counted(frequency, 'time')}.`,
  official: (parameters) => frequency(parameters, patternSearch(strip(parameters.keyword))),
  fixed: (parameters) => frequency(parameters, wholeWordSearch(strip(parameters.keyword) || parameters.keyword)),
  repairs: [wholeWords],
})

function frequency(
  { keyword, frequency: times, relation }: { keyword: string; frequency: number; relation: (typeof relations)[number] },
  search: KeywordSearch,
) {
  return {
    expected: `${strip(keyword)} ${relation} ${counted(times, 'time')}`,
    check: (view: Parameters<KeywordSearch['count']>[0]) => {
      const count = search.count(view)
      return { pass: holds(count, relation, times), found: counted(count, 'time') }
    },
  }
}

/** `keywords:forbidden_words`: none of the words occurs. */
export const forbiddenWords = defineInstruction({
  id: 'keywords:forbidden_words',
  parameters: z.object({ forbidden_words: z.array(requiredText).min(1) }),
  describe: ({ forbidden_words: words }) => `None of these words occurs: ${words.join(', ')}.`,
  official: ({ forbidden_words: words }) => absence(words, (word) => patternSearch(word, { between: true })),
  fixed: ({ forbidden_words: words }) => absence(words, wholeWordSearch),
  repairs: [
    {
      name: 'forbidden-word-edges',
      description:
        'Official: a forbidden word is a regular expression between two word boundaries, so one that begins or ends ' +
        'with punctuation ("#tag") is only found beside a letter. Fixed: it is literal text, and only ends that are ' +
        'word characters need a boundary.',
    },
  ],
})

function absence(words: readonly string[], search: (word: string) => KeywordSearch) {
  const searches = [...new Set(words)].map((word) => ({ word, search: search(word) }))
  return {
    expected: `none of ${words.join(', ')}`,
    check: (view: Parameters<KeywordSearch['test']>[0]) => {
      const hit = searches.find(({ search: one }) => one.test(view))
      return { pass: hit === undefined, found: hit === undefined ? 'none' : hit.word }
    },
  }
}
