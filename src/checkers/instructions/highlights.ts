import * as z from 'zod'
import { isWhiteSpace } from '../../text/white-space.ts'
import { defineInstruction, threshold } from './definition.ts'
import { counted } from './outcome.ts'

/** `detectable_format:number_highlighted_sections`: at least so many passages between asterisks. */
export const numberHighlightedSections = defineInstruction({
  id: 'detectable_format:number_highlighted_sections',
  parameters: z.object({ num_highlights: threshold }),
  describe: ({ num_highlights: asked }) =>
    `At least ${counted(asked, 'passage')} stand between markdown asterisks: *as here*.`,
  official: ({ num_highlights: asked }) => ({
    expected: `at least ${counted(asked, 'highlight')}`,
    check: ({ text }) => {
      // parity: both scans run over the whole text, so that ***a*** counts twice
      const count = countSingle(text) + countDouble(text)
      return { pass: count >= asked, found: counted(count, 'highlight') }
    },
  }),
  fixed: ({ num_highlights: asked }) => ({
    expected: `at least ${counted(asked, 'highlight')}`,
    check: ({ lines }) => {
      let count = 0
      for (const line of lines) count += line.replace(/^\s*\*\s+/, '').match(emphasis)?.length ?? 0
      return { pass: count >= asked, found: counted(count, 'highlight') }
    },
  }),
  repairs: [
    {
      name: 'highlight-pairs',
      description:
        'Official: a bullet star pairs with the next star on its line, and ***a*** counts twice. Fixed: bullet stars ' +
        'do not count, and each emphasised passage counts once.',
    },
  ],
})

const emphasis = /(?<!\*)\*{1,3}(?![\s*])[^*\n]*[^*\s]\*{1,3}/gu

/** Matches of `\*[^\n\*]*\*` with something but white space between the stars. */
function countSingle(text: string): number {
  let count = 0
  let feed = -1
  for (let open = text.indexOf('*'); open >= 0; ) {
    const close = text.indexOf('*', open + 1)
    if (close < 0) return count
    if (feed < open) feed = feedAfter(text, open)
    if (feed < close) open = close
    else {
      if (hasInk(text, open + 1, close)) count += 1
      open = text.indexOf('*', close + 1)
    }
  }
  return count
}

/** Matches of `\*\*[^\n\*]*\*\*` with something but white space between the pairs. */
function countDouble(text: string): number {
  let count = 0
  let feed = -1
  for (let open = text.indexOf('**'); open >= 0; ) {
    const close = text.indexOf('*', open + 2)
    if (close < 0) return count
    const isPair = text.charCodeAt(close + 1) === 0x2a
    if (feed < open) feed = feedAfter(text, open)
    if (feed < close) open = text.indexOf('**', close)
    else if (!isPair) open = text.indexOf('**', close === open + 2 ? open + 1 : close)
    else {
      if (hasInk(text, open + 2, close)) count += 1
      open = text.indexOf('**', close + 2)
    }
  }
  return count
}

function feedAfter(text: string, from: number): number {
  const feed = text.indexOf('\n', from)
  return feed < 0 ? text.length : feed
}

function hasInk(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (!isWhiteSpace(text.charCodeAt(index))) return true
  return false
}
