import * as z from 'zod'
import { splitWhiteSpace } from '../../text/split.ts'
import { strip } from '../../text/strip.ts'
import { defineInstruction } from './definition.ts'
import { excerpt } from './outcome.ts'

/** `combination:repeat_prompt`: the response begins with the request, word for word. */
export const repeatPrompt = defineInstruction({
  id: 'combination:repeat_prompt',
  parameters: z.object({ prompt_to_repeat: z.string().min(1) }),
  describe: ({ prompt_to_repeat: prompt }) => `The response begins with a copy of this request: ${strip(prompt)}`,
  official({ prompt_to_repeat: prompt }) {
    const start = strip(prompt).toLowerCase()
    return {
      expected: `begins with ${excerpt(strip(prompt))}`,
      check: ({ stripped }) => begins(stripped, stripped.toLowerCase().startsWith(start)),
    }
  },
  fixed({ prompt_to_repeat: prompt }) {
    const start = plain(prompt, Number.POSITIVE_INFINITY)
    return {
      expected: `begins with ${excerpt(strip(prompt))}`,
      check: ({ stripped }) => begins(stripped, plain(stripped, start.length).startsWith(start)),
    }
  },
  repairs: [
    {
      name: 'repeat-spacing',
      description:
        'Official: other white space, and quotes or markup around the repeated request, fail. Fixed: white space is ' +
        'compared as single blanks, and quotes and markup before the request are left out.',
    },
  ],
})

function begins(text: string, pass: boolean) {
  return { pass, found: `begins with ${excerpt(text)}` }
}

/** Lower case, single blanks, no quotes or markup before the first word. */
function plain(text: string, length: number): string {
  const start = Math.max(0, text.search(/[^\s"'“”‘’«»*_>#`]/))
  const part = Number.isFinite(length) ? text.slice(start, start + length * 8 + 64) : text.slice(start)
  return splitWhiteSpace(part).join(' ').toLowerCase()
}
