import { mustContain, sentenceCount, shorterThan } from './_conditions.ts'
import { type Condition, cumulative, met } from './_levels.ts'
import { countPunctuation } from './_punctuation.ts'
import type { RuleLanguage, RuleMaker } from './rule.ts'

const limit = 15
const wanted: Readonly<Record<RuleLanguage, string>> = { en: 'stuff', zh: '琐碎的' }
/** parity: the English stem counts in any case and inside words; with both flags a long s matches too, as in Python. */
const forbidden: Readonly<Record<RuleLanguage, RegExp>> = { en: /procrast/iu, zh: /拖沓的/u }

/** One short sentence with one punctuation mark about one dialogue. Needs no target. */
export const samsum: RuleMaker = ({ language, level }) => cumulative(conditions(language), level)

function conditions(language: RuleLanguage): Condition<string>[] {
  return [
    sentenceCount(1, language),
    shorterThan(limit, language),
    mustContain(wanted[language], language),
    {
      expected: `${forbidden[language].source} nowhere in the response`,
      check: (text) => (forbidden[language].test(text) ? 'it is there' : met),
    },
    {
      expected: 'exactly one punctuation mark',
      check: (text) => {
        const found = countPunctuation(text, language)
        return found === 1 ? met : `${found} punctuation marks`
      },
    },
  ]
}
