import * as z from 'zod'
import { literalPattern } from '../../text/literal-pattern.ts'
import { compilePythonPattern } from '../../text/python-pattern.ts'
import { WS } from '../../text/regex-classes.ts'
import { strip } from '../../text/strip.ts'
import { defineInstruction, requiredText } from './definition.ts'

const ps = new RegExp(`p\\.${WS}?s\\.`, 'u')
const pps = new RegExp(`p\\.${WS}?p\\.${WS}?s`, 'u')

/** `detectable_content:postscript`: a postscript introduced by a marker. */
export const postscript = defineInstruction({
  id: 'detectable_content:postscript',
  parameters: z.object({ postscript_marker: requiredText }),
  describe: ({ postscript_marker: marker }) => `The response ends with a postscript marked ${strip(marker)}`,
  official({ postscript_marker: marker }) {
    const test = officialTest(strip(marker))
    return { expected: `a postscript ${strip(marker)}`, check: ({ lower }) => finding(test(lower)) }
  },
  fixed({ postscript_marker: marker }) {
    const line = markerLine(strip(marker))
    return {
      expected: `a postscript ${strip(marker)}`,
      check: ({ lines }) => finding(lines.some((one) => line.test(one))),
    }
  },
  repairs: [
    {
      name: 'postscript-line',
      description:
        'Official: the marker may stand anywhere ("u.p.s." and "P.P.S." satisfy "P.S."), its full stops are needed, ' +
        'and other markers are regular expressions. Fixed: it begins a line (after markup), its full stops are ' +
        'optional, other markers are literal text.',
    },
  ],
})

function finding(pass: boolean) {
  return { pass, found: pass ? 'a postscript' : 'no postscript' }
}

function officialTest(marker: string): (lower: string) => boolean {
  if (marker === 'P.P.S') return (lower) => pps.test(lower)
  if (marker === 'P.S.') return (lower) => ps.test(lower)
  // parity: any other marker enters the pattern unescaped; what follows it on the line cannot change the answer
  const pattern = compilePythonPattern(`\\s*${marker.toLowerCase()}.*`)
  return (lower) => pattern.test(lower)
}

const beforeMarker = '^[\\s>*_#~(-]*'

function markerLine(marker: string): RegExp {
  const letters = marker.replace(/[\s.:]/g, '')
  const isAbbreviation = /^p+\.?s$/i.test(letters)
  const body = isAbbreviation
    ? Array.from(letters, (letter) => literalPattern(letter, { ignoreCase: true })).join('\\.?\\s?')
    : literalPattern(marker, { ignoreCase: true })
  return new RegExp(`${beforeMarker}${body}${isAbbreviation ? '(?!\\p{L})' : ''}`, 'u')
}
