import * as z from 'zod'
import { isWhiteSpace } from '../../text/white-space.ts'
import { defineInstruction, threshold } from './definition.ts'
import { counted } from './outcome.ts'

const STAR = 0x2a
const DASH = 0x2d
const FEED = 0x0a

/** `detectable_format:number_bullet_lists`: exactly so many bullet points. */
export const numberBulletLists = defineInstruction({
  id: 'detectable_format:number_bullet_lists',
  parameters: z.object({ num_bullets: threshold }),
  describe: ({ num_bullets: asked }) =>
    `Include exactly ${counted(asked, 'bullet point')} in markdown, such as "* one point".`,
  official: ({ num_bullets: asked }) => ({
    expected: counted(asked, 'bullet point'),
    check: ({ text }) => {
      const count = countOfficialBullets(text, STAR) + countOfficialBullets(text, DASH)
      return { pass: count === asked, found: counted(count, 'bullet point') }
    },
  }),
  fixed: ({ num_bullets: asked }) => ({
    expected: counted(asked, 'bullet point'),
    check: ({ lines }) => {
      const count = lines.filter((line) => bulletLine.test(line)).length
      return { pass: count === asked, found: counted(count, 'bullet point') }
    },
  }),
  repairs: [
    {
      name: 'bullet-marks',
      description:
        'Official: every line that begins with "-" counts ("---", "-5"), "*" needs no space after it, and "•" and "+" ' +
        'do not count. Fixed: a bullet is one of * - + • with white space and text after it.',
    },
  ],
})

const bulletLine = /^\s*[-*+•]\s+(?=\S)(?![-*_ \t]+$)/u

/**
 * Matches that do not overlap of `^\s*\*[^\*].*$` (mark `*`) or `^\s*-.*$` (mark `-`), with `^` and `$` at line ends.
 * By hand: the leading white space may run over lines and would be tried again from each of them.
 */
function countOfficialBullets(text: string, mark: number): number {
  let count = 0
  let position = 0
  while (position <= text.length) {
    let start = position
    while (start < text.length && isWhiteSpace(text.charCodeAt(start))) start += 1
    let end = -1
    if (text.charCodeAt(start) === mark) {
      // parity: the character after the star may be the line feed, then the next line belongs to the match
      if (mark === DASH) end = lineEnd(text, start + 1)
      else if (start + 1 < text.length && text.charCodeAt(start + 1) !== STAR) end = lineEnd(text, start + 2)
    }
    if (end >= 0) count += 1
    const endsAtLineStart = end > 0 && text.charCodeAt(end - 1) === FEED
    position = endsAtLineStart ? end : lineEnd(text, Math.max(start, end)) + 1
  }
  return count
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from)
  return feed < 0 ? text.length : feed
}
