import * as z from 'zod'
import { literalPattern } from '../../text/literal-pattern.ts'
import { compilePythonPattern } from '../../text/python-pattern.ts'
import { DIGIT, WS } from '../../text/regex-classes.ts'
import { strip } from '../../text/strip.ts'
import { defineInstruction, requiredText, threshold } from './definition.ts'
import { counted } from './outcome.ts'

/** `detectable_format:multiple_sections`: at least so many numbered sections. */
export const multipleSections = defineInstruction({
  id: 'detectable_format:multiple_sections',
  parameters: z.object({ section_spliter: requiredText, num_sections: threshold }),
  describe: ({ section_spliter: marker, num_sections: asked }) =>
    `Write at least ${counted(asked, 'section')}, each beginning with ${strip(marker)} and its number.`,
  official({ section_spliter: marker, num_sections: asked }) {
    const count = officialCount(strip(marker))
    return sections(asked, strip(marker), ({ text }) => count(text))
  },
  fixed({ section_spliter: marker, num_sections: asked }) {
    const line = sectionLine(strip(marker))
    return sections(asked, strip(marker), ({ lines }) => lines.filter((one) => line.test(one)).length)
  },
  repairs: [
    {
      name: 'section-numbers',
      description:
        'Official: the marker is a regular expression found anywhere ("SUBSECTION 2", running text), before at most ' +
        'one blank and a decimal number. Fixed: it is literal text at the start of a line (after markup), before any ' +
        'blanks and a decimal or roman number.',
    },
  ],
})

function sections(
  asked: number,
  marker: string,
  count: (view: { readonly text: string; readonly lines: readonly string[] }) => number,
) {
  return {
    expected: `at least ${counted(asked, 'section')} ${marker} N`,
    check: (view: { readonly text: string; readonly lines: readonly string[] }) => {
      const found = count(view)
      return { pass: found >= asked, found: counted(found, 'section') }
    },
  }
}

function officialCount(marker: string): (text: string) => number {
  if (/^[^\\^$.|?*+()[\]{}]+$/.test(marker)) {
    const pattern = new RegExp(`${WS}?${literalPattern(marker)}${WS}?${DIGIT}+${WS}?`, 'gu')
    return (text) => text.match(pattern)?.length ?? 0
  }
  // parity: the marker enters the pattern unescaped, and re.split adds a piece for each of its groups
  const pattern = compilePythonPattern(`\\s?${marker}\\s?\\d+\\s?`)
  return (text) => pattern.count(text) * (1 + pattern.groups)
}

function sectionLine(marker: string): RegExp {
  return new RegExp(
    `^[\\s>*_#~("“-]*${literalPattern(marker)}[\\s*_:.-]*(?:${DIGIT}+|[IVXLC]+|[ivxlc]+)(?![\\p{L}\\p{N}])`,
    'u',
  )
}
