import { excerpt } from './_excerpt.ts'
import type { RuleMaker } from './rule.ts'
import { parseStringList } from './string-list.ts'

/** The response equals the target, character by character: nothing is trimmed or normalised. */
export const equalsTarget: RuleMaker = ({ target }) => {
  const expected = `exactly ${excerpt(target)}`
  return (response) => ({ pass: response === target, expected, found: excerpt(response) })
}

/** Every line of the response is a line of the target; number, order and repeats of lines do not matter. */
export const linesOfTarget: RuleMaker = ({ target }) => {
  const allowed = new Set(target.split('\n'))
  const expected = `only lines out of ${allowed.size} allowed ones`
  return (response) => {
    const stray = response.split('\n').find((line) => !allowed.has(line))
    return stray === undefined
      ? { pass: true, expected, found: 'only such lines' }
      : { pass: false, expected, found: stray === '' ? 'an empty line' : excerpt(stray) }
  }
}

/** The target is a Python list of strings; the response equals one of them. */
export const elementOfTarget: RuleMaker = ({ target }) => {
  const texts = parseStringList(target)
  if (!texts) throw new RangeError(`Expected a list of quoted strings as target, got ${excerpt(target)}`)
  const allowed = new Set(texts)
  const expected = `exactly one of ${excerpt([...allowed].join(' | '))}`
  return (response) => ({ pass: allowed.has(response), expected, found: excerpt(response) })
}

/** The target occurs somewhere in the response. */
export const containsTarget: RuleMaker = ({ target }) => {
  const expected = `${excerpt(target)} somewhere`
  return (response) => {
    const pass = response.includes(target)
    return { pass, expected, found: pass ? excerpt(target) : excerpt(response) }
  }
}
