import { isLower } from '../../text/letter-case.ts'
import { hasNumeric } from '../../text/numeric.ts'
import { mustContain, mustLack, size, sizeUnit } from './_conditions.ts'
import { excerpt } from './_excerpt.ts'
import { type Condition, cumulative, met } from './_levels.ts'
import { countPunctuation } from './_punctuation.ts'
import type { RuleLanguage, RuleMaker } from './rule.ts'

const length = 8
const forbidden: Readonly<Record<RuleLanguage, string>> = { en: 'bus', zh: '公交车' }
const wanted: Readonly<Record<RuleLanguage, string>> = { en: 'in', zh: '在' }

/** A headline of eight words (eight characters in Chinese) without punctuation. Needs no target. */
export const gigaword: RuleMaker = ({ language, level }) => cumulative(conditions(language), level)

function conditions(language: RuleLanguage): Condition<string>[] {
  return [
    {
      expected: `exactly ${length} ${sizeUnit[language]}`,
      check: (text) => {
        const found = size(text, language)
        return found === length ? met : `${found} ${sizeUnit[language]}`
      },
    },
    {
      expected: 'no punctuation',
      check: (text) => {
        const found = countPunctuation(text, language)
        return found === 0 ? met : `${found} punctuation marks`
      },
    },
    language === 'en'
      ? { expected: 'all in lower case', check: (text) => (isLower(text) ? met : 'not all in lower case') }
      : {
          expected: 'no number characters',
          check: (text) => (hasNumeric(text) ? excerpt(text) : met),
        },
    mustLack(forbidden[language], language),
    mustContain(wanted[language], language),
  ]
}
