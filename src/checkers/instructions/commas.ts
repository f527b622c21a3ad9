import * as z from 'zod'
import { defineInstruction } from './definition.ts'
import { counted } from './outcome.ts'

/** `punctuation:no_comma`: no comma at all. */
export const noComma = defineInstruction({
  id: 'punctuation:no_comma',
  parameters: z.object({}),
  describe: () => 'There is no comma in the response.',
  official: () => ({
    expected: 'no comma',
    check: ({ text }) => {
      const at = text.indexOf(',')
      return { pass: at < 0, found: at < 0 ? 'no comma' : `a comma at position ${at}` }
    },
  }),
  fixed: () => ({
    expected: 'no comma',
    check: ({ text }) => {
      const count = text.match(/[,\uff0c\u060c\u3001\ufe50\ufe51\uff64]/g)?.length ?? 0
      return { pass: count === 0, found: count === 0 ? 'no comma' : counted(count, 'comma') }
    },
  }),
  repairs: [
    {
      name: 'other-commas',
      description: 'Official: only U+002C counts. Fixed: full-width, ideographic and Arabic commas count, too.',
    },
  ],
})
