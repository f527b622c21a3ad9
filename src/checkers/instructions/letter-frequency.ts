import * as z from 'zod'
import { codePointLength } from '../../text/code-points.ts'
import { strip } from '../../text/strip.ts'
import { defineInstruction, threshold } from './definition.ts'
import { counted, holds, relations } from './outcome.ts'

/** `keywords:letter_frequency`: a letter occurs at least, or less than, so many times, in either case. */
export const letterFrequency = defineInstruction({
  id: 'keywords:letter_frequency',
  parameters: z.object({
    letter: z
      .string()
      .refine((letter) => codePointLength(strip(letter)) === 1 && codePointLength(strip(letter).toLowerCase()) === 1, {
        message: 'expected one letter (upstream draws a random one instead)',
      }),
    let_frequency: threshold,
    let_relation: z.enum(relations),
  }),
  describe: ({ letter, let_frequency: times, let_relation: relation }) =>
    `The letter ${strip(letter)} occurs ${relation} ${counted(times, 'time')}.`,
  remark: ({ letter }) =>
    isPlain(strip(letter))
      ? undefined
      : 'the official scorer draws a random letter for a sign outside of a to z; the given sign is counted here',
  official({ letter: given, let_frequency: times, let_relation: relation }) {
    const letter = strip(given).toLowerCase()
    return {
      expected: `${letter} ${relation} ${counted(times, 'time')}`,
      check: ({ lower }) => {
        let count = 0
        for (let at = lower.indexOf(letter); at >= 0; at = lower.indexOf(letter, at + letter.length)) count += 1
        return { pass: holds(count, relation, times), found: counted(count, 'time') }
      },
    }
  },
})

function isPlain(letter: string): boolean {
  const lower = letter.toLowerCase()
  return lower >= 'a' && lower <= 'z'
}
