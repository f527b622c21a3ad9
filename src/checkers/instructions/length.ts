import * as z from 'zod'
import { type Check, defineInstruction, threshold } from './definition.ts'
import { countWordsFixed } from './fixed-words.ts'
import { counted, holds, type Relation, relations } from './outcome.ts'
import type { TextView } from './text-view.ts'

function countCheck(noun: string, relation: Relation, limit: number, count: (view: TextView) => number) {
  return {
    expected: `${relation} ${counted(limit, noun)}`,
    check: ((view) => {
      const found = count(view)
      return { pass: holds(found, relation, limit), found: counted(found, noun) }
    }) satisfies Check,
  }
}

/** `length_constraints:number_sentences`: so many Punkt sentences. */
export const numberSentences = defineInstruction({
  id: 'length_constraints:number_sentences',
  parameters: z.object({ num_sentences: threshold, relation: z.enum(relations) }),
  describe: ({ num_sentences: limit, relation }) => `The response has ${relation} ${counted(limit, 'sentence')}.`,
  official: ({ num_sentences: limit, relation }) =>
    countCheck('sentence', relation, limit, ({ sentenceCount }) => sentenceCount),
  fixed: ({ num_sentences: limit, relation }) => countCheck('sentence', relation, limit, countSentencesFixed),
  repairs: [
    {
      name: 'sentence-ends',
      description:
        'Official: line ends and CJK full stops do not end a sentence, and a list number ("1.") is one. Fixed: every ' +
        'line is split on its own, 。！？ end a sentence, and pieces without a letter do not count.',
    },
  ],
})

const letter = /\p{L}/u

function countSentencesFixed(view: TextView): number {
  let count = 0
  for (const line of view.lines) {
    for (const part of line.split(/(?<=[。！？])/)) {
      if (!letter.test(part)) continue
      count += Math.max(1, view.derive(withoutListMark(part)).sentenceCount)
    }
  }
  return count
}

function withoutListMark(line: string): string {
  return line.replace(/^\s*(?:[-*+•]|\(?\p{Nd}{1,3}[.)])\s+/u, '')
}

/** `length_constraints:number_words`: so many words. */
export const numberWords = defineInstruction({
  id: 'length_constraints:number_words',
  parameters: z.object({ num_words: threshold, relation: z.enum(relations) }),
  describe: ({ num_words: limit, relation }) => `The response has ${relation} ${counted(limit, 'word')}.`,
  official: ({ num_words: limit, relation }) => countCheck('word', relation, limit, ({ wordCount }) => wordCount),
  fixed: ({ num_words: limit, relation }) => countCheck('word', relation, limit, ({ text }) => countWordsFixed(text)),
  repairs: [
    {
      name: 'word-parts',
      description:
        'Official: words are runs of letters, digits and underscores, so "don\'t", "well-known" and "3.14" are two and ' +
        'words with combining marks (Hindi, Thai) fall into pieces. Fixed: they are one.',
    },
  ],
})
