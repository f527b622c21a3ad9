import * as z from 'zod'
import { type Check, defineInstruction, threshold } from './definition.ts'
import { counted } from './outcome.ts'

/** `detectable_content:number_placeholders`: at least so many placeholders in square brackets. */
export const numberPlaceholders = defineInstruction({
  id: 'detectable_content:number_placeholders',
  parameters: z.object({ num_placeholders: threshold }),
  describe: ({ num_placeholders: asked }) =>
    `Include at least ${counted(asked, 'placeholder')} in square brackets, such as [address].`,
  official: ({ num_placeholders: asked }) => placeholders(asked, () => true),
  fixed: ({ num_placeholders: asked }) => placeholders(asked, isPlaceholder),
  repairs: [
    {
      name: 'placeholder-content',
      description:
        'Official: any pair of brackets on one line counts, empty ones, check boxes and markdown links included. Fixed: ' +
        'a placeholder names something (a letter inside) and is neither a link nor a check box.',
    },
  ],
})

function placeholders(asked: number, counts: (text: string, open: number, close: number) => boolean) {
  return {
    expected: `at least ${counted(asked, 'placeholder')}`,
    check: (({ text }) => {
      const count = countBrackets(text, counts)
      return { pass: count >= asked, found: counted(count, 'placeholder') }
    }) satisfies Check,
  }
}

/** Shortest matches of an opening bracket, anything but a line feed, a closing bracket. One pass. */
function countBrackets(text: string, counts: (text: string, open: number, close: number) => boolean): number {
  let count = 0
  let close = -1
  let feed = -1
  for (let open = text.indexOf('['); open >= 0; ) {
    if (close < open) close = text.indexOf(']', open)
    if (close < 0) return count
    if (feed < open) {
      feed = text.indexOf('\n', open)
      if (feed < 0) feed = text.length
    }
    if (feed < close) open = text.indexOf('[', feed)
    else {
      if (counts(text, open, close)) count += 1
      open = text.indexOf('[', close)
    }
  }
  return count
}

function isPlaceholder(text: string, open: number, close: number): boolean {
  const content = text.slice(open + 1, close)
  if (!/\p{L}/u.test(content) || text[close + 1] === '(') return false
  return !(/^[xX]$/.test(content) && /(?:^|\n)[ \t]{0,12}[-*+] $/.test(text.slice(Math.max(0, open - 16), open)))
}
