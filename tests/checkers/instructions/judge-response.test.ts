import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJudge } from '../../../src/checkers/instructions/judge-response.ts'
import { looseTexts } from '../../../src/checkers/instructions/loose-texts.ts'
import { compileInstruction } from '../../../src/checkers/instructions/registry.ts'
import { protocols } from '../../../src/core/verdict.ts'
import { strip } from '../../../src/text/strip.ts'
import { exampleParameters } from './_examples.ts'
import { houseTools, judge } from './_tools.ts'

/** The eight texts of loose mode as the paper's code makes them. */
function eightTexts(response: string): string[] {
  const lines = response.split('\n')
  const four = [
    response,
    ...[lines.slice(1), lines.slice(0, -1), lines.slice(1, -1)].map((part) => strip(part.join('\n'))),
  ]
  return [...four, ...four.map((text) => text.replaceAll('*', ''))]
}

const text = fc
  .array(fc.constantFrom('a', ' ', '\n', '*', '\r', '\u0085', '**b**', 'P.S. x', '[n]', '- c', ', ', '😀', '"'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))

describe('loose mode', () => {
  it('tries the texts of the eight that are not blank, each once', () => {
    fc.assert(
      fc.property(text, (response) => {
        const expected = new Set(eightTexts(response).filter((one) => strip(one) !== '' && one !== response))
        const got = looseTexts(response)
        expect(new Set(got)).toEqual(expected)
        expect(got).toHaveLength(expected.size)
      }),
      { numRuns: 3000 },
    )
  })

  it('passes where any of the eight texts passes strictly, and never fails where strict passes', () => {
    const instructions = Object.entries(exampleParameters)
      .filter(([id]) => !id.startsWith('language') && !id.startsWith('change_case:english'))
      .map(([id, parameters]) => compileInstruction(id, parameters))
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...instructions),
        fc.constantFrom(...protocols),
        (response, instruction, protocol) => {
          const { strict, loose } = createJudge(response, houseTools)(instruction, protocol)
          const each = eightTexts(response)
            .filter((one) => strip(one) !== '')
            .map((one) => createJudge(one, houseTools)(instruction, protocol).strict.pass)
          expect(loose.pass).toBe(each.includes(true))
          if (strict.pass) expect(loose.pass).toBe(true)
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('forgives a first line, a last line and asterisks', () => {
    const end = { end_phrase: 'The end.' }
    const response = 'Sure, here it is:\nA tale. **The end.**\nAnything else?'
    expect(judge('startend:end_checker', end, response)).toMatchObject({
      strict: { pass: false },
      loose: { pass: true },
    })
    expect(judge('startend:end_checker', end, `${response}\nReally?`).loose.pass).toBe(false)
  })
})

describe('blank responses', () => {
  it.each(['', ' \n\t', '\u00a0\u2003\u3000', '\u001c\u0085'])(
    '%j follows nothing, not even an absence',
    (response) => {
      for (const [id, parameters] of Object.entries(exampleParameters)) {
        const outcomes = judge(id, parameters, response)
        expect(outcomes.strict.pass || outcomes.loose.pass, id).toBe(false)
        expect(outcomes.strict.found).toBe('a blank response')
      }
    },
  )

  it('takes U+FEFF and U+200B for text', () => {
    expect(judge('punctuation:no_comma', {}, '\ufeff').strict.pass).toBe(true)
    expect(judge('punctuation:no_comma', {}, '\u200b').strict.pass).toBe(true)
  })
})
