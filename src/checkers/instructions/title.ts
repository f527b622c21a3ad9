import * as z from 'zod'
import { lstrip, rstrip } from '../../text/strip.ts'
import { isBlank } from '../../text/white-space.ts'
import { defineInstruction } from './definition.ts'
import { excerpt } from './outcome.ts'

/** `detectable_format:title`: a title in double angular brackets. */
export const title = defineInstruction({
  id: 'detectable_format:title',
  parameters: z.object({}),
  describe: () => 'The response has a title between double angular brackets: <<a title>>.',
  official: () => titleCheck((inner) => !isBlank(inner)),
  fixed: () => titleCheck((inner) => /[\p{L}\p{N}]/u.test(inner)),
  repairs: [
    {
      name: 'title-content',
      description: 'Official: brackets and signs between the brackets are a title. Fixed: it has a letter or a digit.',
    },
  ],
})

function titleCheck(counts: (inner: string) => boolean) {
  return {
    expected: 'a title <<...>>',
    check: ({ text }: { readonly text: string }) => {
      for (let start = 0; start <= text.length; ) {
        const open = text.indexOf('<<', start)
        if (open < 0) break
        const feed = text.indexOf('\n', open)
        const end = feed < 0 ? text.length : feed
        const line = text.slice(open, end)
        const close = line.lastIndexOf('>>')
        if (close >= 3) {
          const inner = rstrip(lstrip(line.slice(0, close + 2), '<'), '>')
          if (counts(inner)) return { pass: true, found: excerpt(inner) }
        }
        start = end + 1
      }
      return { pass: false, found: 'no title' }
    },
  }
}
