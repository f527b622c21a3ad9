import * as z from 'zod'
import { WS } from '../../text/regex-classes.ts'
import { firstToken } from '../../text/split.ts'
import { lstrip, strip } from '../../text/strip.ts'
import { isBlank } from '../../text/white-space.ts'
import { type Check, defineInstruction, requiredText, threshold } from './definition.ts'
import { counted, excerpt } from './outcome.ts'

const divider = new RegExp(`${WS}?\\*{3}${WS}?`, 'u')
const loneDivider = new RegExp(`(?<=^|${WS})\\*{3}(?=$|${WS})`, 'u')

/** `length_constraints:number_paragraphs`: exactly so many paragraphs with `***` between them. */
export const numberParagraphs = defineInstruction({
  id: 'length_constraints:number_paragraphs',
  parameters: z.object({ num_paragraphs: threshold }),
  describe: ({ num_paragraphs: asked }) =>
    `Write exactly ${counted(asked, 'paragraph')}, separated by the markdown divider ***.`,
  official: ({ num_paragraphs: asked }) => ({
    expected: counted(asked, 'paragraph'),
    check: ({ text }) => {
      const pieces = text.split(divider)
      const last = pieces.length - 1
      let count = pieces.length
      for (const [index, piece] of pieces.entries()) {
        if (!isBlank(piece)) continue
        if (index !== 0 && index !== last) return { pass: false, found: 'a blank paragraph between dividers' }
        count -= 1
      }
      return { pass: count === asked, found: counted(count, 'paragraph') }
    },
  }),
  fixed: ({ num_paragraphs: asked }) => ({
    expected: counted(asked, 'paragraph'),
    check: ({ text }) => {
      const count = text.split(loneDivider).filter((piece) => !isBlank(piece)).length
      return { pass: count === asked, found: counted(count, 'paragraph') }
    },
  }),
  repairs: [
    {
      name: 'divider-alone',
      description:
        'Official: any three asterisks divide, also inside of "***bold***" or "****", and a blank paragraph in the ' +
        'middle fails. Fixed: a divider has white space or the end of the text on both sides; blank paragraphs do not count.',
    },
  ],
})

/** `length_constraints:nth_paragraph_first_word`: number of paragraphs, and the first word of one of them. */
export const nthParagraphFirstWord = defineInstruction({
  id: 'length_constraints:nth_paragraph_first_word',
  parameters: z.object({ num_paragraphs: threshold, nth_paragraph: z.number().int().min(1), first_word: requiredText }),
  describe: ({ num_paragraphs: asked, nth_paragraph: nth, first_word: word }) =>
    `Write exactly ${counted(asked, 'paragraph')} with blank lines between them; paragraph ${nth} starts with the word ${word}.`,
  official: ({ num_paragraphs: asked, nth_paragraph: nth, first_word: word }) =>
    nthParagraph(asked, nth, word.toLowerCase(), (text) => {
      const all = text.split('\n\n')
      // parity: blank pieces are not counted, but they are when the n-th one is taken
      return { count: all.filter((piece) => !isBlank(piece)).length, list: all, firstWord: officialFirstWord }
    }),
  fixed: ({ num_paragraphs: asked, nth_paragraph: nth, first_word: word }) =>
    nthParagraph(asked, nth, word.toLowerCase(), (text) => {
      const list = text
        .replaceAll('\r\n', '\n')
        .split(/\n[^\S\n]*\n/)
        .filter((piece) => !isBlank(piece))
      return { count: list.length, list, firstWord: fixedFirstWord }
    }),
  repairs: [
    {
      name: 'nth-paragraph-one-list',
      description:
        'Official: paragraphs are counted without blank ones, but the n-th is taken from the list with them; CRLF line ' +
        'ends never separate. Fixed: one list without blank paragraphs; CRLF and blank lines with spaces separate.',
    },
    {
      name: 'first-word-marks',
      description:
        'Official: "**Weekend**" and "Weekend;" do not begin with the word weekend. Fixed: marks around the first word ' +
        'are left out.',
    },
  ],
})

interface Paragraphs {
  readonly count: number
  readonly list: readonly string[]
  readonly firstWord: (paragraph: string) => string
}

function nthParagraph(asked: number, nth: number, word: string, split: (text: string) => Paragraphs) {
  return {
    expected: `${counted(asked, 'paragraph')}, paragraph ${nth} starts with ${word}`,
    check: (({ text }) => {
      const { count, list, firstWord } = split(text)
      if (nth > count) return { pass: false, found: counted(count, 'paragraph') }
      const paragraph = strip(list[nth - 1] ?? '')
      if (paragraph === '') return { pass: false, found: `${counted(count, 'paragraph')}, paragraph ${nth} is blank` }
      const first = firstWord(paragraph)
      return {
        pass: count === asked && first === word,
        found: `${counted(count, 'paragraph')}, paragraph ${nth} starts with ${excerpt(first)}`,
      }
    }) satisfies Check,
  }
}

const endsFirstWord = new Set('.,?!\'"')

function officialFirstWord(paragraph: string): string {
  const token = lstrip(lstrip(firstToken(paragraph)!, "'"), '"')
  let word = ''
  for (const character of token) {
    if (endsFirstWord.has(character)) break
    word += character.toLowerCase()
  }
  return word
}

function fixedFirstWord(paragraph: string): string {
  return /[\p{L}\p{M}\p{N}_]+(?:[-‐‑][\p{L}\p{M}\p{N}_]+)*/u.exec(paragraph)?.[0].toLowerCase() ?? ''
}
