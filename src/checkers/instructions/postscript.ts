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
    const pattern = markerPattern(strip(marker))
    return {
      expected: `a postscript ${strip(marker)}`,
      check: ({ lower }) => finding(pattern.test(lower)),
    }
  },
  repairs: [
    {
      name: 'postscript-marker',
      description:
        'Official: the marker counts inside of words and of the other marker ("u.p.s." and "P.P.S." satisfy "P.S."), ' +
        'its full stops are needed, and other markers are regular expressions. Fixed: it stands on its own, its full ' +
        'stops are optional, other markers are literal text.',
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

/** Start of a line, white space or markup, but not the first letter of a longer abbreviation. */
const alone = '(?<![^\\s>*_#~("“\'-])(?<!p\\.?\\s)'

function markerPattern(marker: string): RegExp {
  const letters = marker.replace(/[\s.:]/g, '')
  const isAbbreviation = /^p+\.?s$/i.test(letters)
  const body = isAbbreviation
    ? Array.from(letters, (letter) => literalPattern(letter, { ignoreCase: true })).join('\\.?\\s?')
    : literalPattern(marker, { ignoreCase: true })
  return new RegExp(`${isAbbreviation ? alone : ''}${body}${isAbbreviation ? '(?!\\p{L})' : ''}`, 'u')
}
