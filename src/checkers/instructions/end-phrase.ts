import * as z from 'zod'
import { rstrip, strip } from '../../text/strip.ts'
import { defineInstruction, requiredText } from './definition.ts'
import { excerpt, excerptEnd } from './outcome.ts'

/** `startend:end_checker`: the response ends with a phrase. */
export const endPhrase = defineInstruction({
  id: 'startend:end_checker',
  parameters: z.object({ end_phrase: requiredText }),
  describe: ({ end_phrase: phrase }) => `The last words of the response are: ${strip(phrase)}`,
  official({ end_phrase: phrase }) {
    const end = strip(phrase).toLowerCase()
    return {
      expected: `ends with ${excerpt(strip(phrase))}`,
      check: ({ stripped }) => ends(stripped, strip(stripped, '"').toLowerCase().endsWith(end)),
    }
  },
  fixed({ end_phrase: phrase }) {
    const end = rstrip(strip(phrase).toLowerCase(), trailing)
    return {
      expected: `ends with ${excerpt(strip(phrase))}`,
      check: ({ stripped }) => ends(stripped, rstrip(stripped, trailing).toLowerCase().endsWith(end)),
    }
  },
  repairs: [
    {
      name: 'end-markup',
      description:
        'Official: markup, curly quotes or invisible characters after the phrase fail. Fixed: they are left out on ' +
        'both sides of the comparison.',
    },
  ],
})

const trailing = ' \t\n\r"\'“”‘’«»*_`~#)]\u200b\u200c\u200d\u2060\ufeff'

function ends(text: string, pass: boolean) {
  return { pass, found: `ends with ${excerptEnd(text)}` }
}
