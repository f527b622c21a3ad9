import { excerpt } from './_excerpt.ts'
import type { RuleMaker } from './rule.ts'

const instructionField = '{instruction}\n'
const answerField = '{answer}'

/** The fixed text before and after the answer of a template. */
export interface AnswerFrame {
  readonly before: string
  readonly after: string
}

/**
 * Reads an answer template: the instruction's place and its line feed are left out, doubled braces are single ones, and
 * the answer's place divides the rest.
 * @throws RangeError when one of the two places is not there exactly once
 */
export function answerFrame(template: string): AnswerFrame {
  for (const field of [instructionField, answerField]) {
    if (template.split(field).length !== 2) {
      throw new RangeError(
        `Expected a template with ${JSON.stringify(field)} once, got ${JSON.stringify(excerpt(template))}`,
      )
    }
  }
  const [before = '', after = ''] = template.replace(instructionField, '').split(answerField)
  return { before: singleBraces(before), after: singleBraces(after) }
}

function singleBraces(text: string): string {
  return text.replaceAll('{{', '{').replaceAll('}}', '}')
}

/**
 * The whole response is the template with any answer in it.
 *
 * parity: only the form counts; an empty answer passes, a line feed in it or after it fails.
 */
export const exampleTemplate: RuleMaker = ({ target }) => {
  const { before, after } = answerFrame(target)
  const expected = `${before}<answer in one line>${after} and nothing else`
  const shortest = before.length + after.length
  return (response) => {
    const hasFrame = response.length >= shortest && response.startsWith(before) && response.endsWith(after)
    const pass = hasFrame && !response.slice(before.length, response.length - after.length).includes('\n')
    return { pass, expected, found: excerpt(response) }
  }
}
