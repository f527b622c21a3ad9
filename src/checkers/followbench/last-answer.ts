import { excerpt } from './_excerpt.ts'
import type { RuleLanguage, RuleMaker } from './rule.ts'

/** A rule that compares the last answer of a certain shape in the response with the target. */
function lastAnswer(shape: string, find: (response: string) => string | null): RuleMaker {
  return ({ target }) => {
    const expected = `${excerpt(target)} as the last ${shape}`
    const none = { pass: false, expected, found: `no ${shape}` }
    return (response) => {
      const found = find(response)
      return found === null ? none : { pass: found === target, expected, found: excerpt(found) }
    }
  }
}

/** One ASCII capital in ASCII parentheses. */
export const lastOption: RuleMaker = lastAnswer('option in parentheses', (response) => {
  for (let close = response.lastIndexOf(')'); close > 1; close = response.lastIndexOf(')', close - 1)) {
    const letter = response.charCodeAt(close - 1)
    if (letter >= 65 && letter <= 90 && response[close - 2] === '(') return response.slice(close - 2, close + 1)
  }
  return null
})

/** Two, two and four decimal digits between slashes; matches do not overlap, and longer runs match inside. */
export const lastDate: RuleMaker = lastAnswer('date', (response) => {
  if (!response.includes('/')) return null
  let last: string | null = null
  for (const [date] of response.matchAll(/\p{Nd}{2}\/\p{Nd}{2}\/\p{Nd}{4}/gu)) last = date
  return last
})

const decimalDigit = /\p{Nd}/u
const digitsHere = /\p{Nd}+/uy

const findAmount: Readonly<Record<RuleLanguage, (response: string) => string | null>> = {
  en: (response) => {
    for (let from = response.length; from >= 0; ) {
      const sign = response.lastIndexOf('$', from)
      if (sign === -1) return null
      digitsHere.lastIndex = sign + 1
      const digits = digitsHere.exec(response)
      if (digits) return `$${digits[0]}`
      from = sign - 1
    }
    return null
  },
  zh: (response) => {
    for (let unit = response.lastIndexOf('美元'); unit > 0; unit = response.lastIndexOf('美元', unit - 1)) {
      const start = startOfDigits(response, unit)
      if (start < unit) return response.slice(start, unit + 2)
    }
    return null
  },
}

/** Index where the run of decimal digits that ends before `end` begins; `end` itself when there is none. */
function startOfDigits(text: string, end: number): number {
  let start = end
  while (start > 0) {
    const isPair =
      start > 1 && isLowSurrogate(text.charCodeAt(start - 1)) && isHighSurrogate(text.charCodeAt(start - 2))
    const previous = start - (isPair ? 2 : 1)
    if (!decimalDigit.test(text.slice(previous, start))) break
    start = previous
  }
  return start
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit < 0xe000

/** English: a dollar sign and decimal digits. Chinese: decimal digits directly followed by the word for dollars. */
export const lastAmount: RuleMaker = (input) => lastAnswer('amount in dollars', findAmount[input.language])(input)
