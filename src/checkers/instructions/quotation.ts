import * as z from 'zod'
import { defineInstruction } from './definition.ts'
import { excerpt } from './outcome.ts'

/** `startend:quotation`: the whole response in double quotes. */
export const quotation = defineInstruction({
  id: 'startend:quotation',
  parameters: z.object({}),
  describe: () => 'Double quotation marks stand around the whole response.',
  official: () => quotes((text) => text.startsWith('"') && text.endsWith('"')),
  fixed: () => quotes((text) => /^["“„”«»][\s\S]*["“”«»]$/.test(text)),
  repairs: [
    {
      name: 'curly-quotes',
      description:
        'Official: only the straight quotation mark counts. Fixed: curly and angular double quotes count, too.',
    },
  ],
})

function quotes(test: (stripped: string) => boolean) {
  return {
    expected: 'double quotes at both ends',
    check: ({ stripped }: { readonly stripped: string }) => ({
      pass: stripped.length > 1 && test(stripped),
      found: stripped === '' ? 'nothing' : `${excerpt(stripped[0]!)} and ${excerpt(stripped.at(-1)!)}`,
    }),
  }
}
