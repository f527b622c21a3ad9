import { mustContain, mustLack, sentenceCount, size, sizeUnit } from './_conditions.ts'
import { excerpt } from './_excerpt.ts'
import { type Condition, cumulative, met } from './_levels.ts'
import type { RuleLanguage, RuleMaker } from './rule.ts'

const limit = 20
const opening: Readonly<Record<RuleLanguage, string>> = { en: 'We', zh: '我们' }
const wanted: Readonly<Record<RuleLanguage, string>> = { en: 'activations', zh: '激活' }
const forbidden: Readonly<Record<RuleLanguage, string>> = { en: 'transformer', zh: 'transformer' }

/** One sentence of limited length about one abstract. Needs no target. */
export const arxiv: RuleMaker = ({ language, level }) => cumulative(conditions(language), level)

function conditions(language: RuleLanguage): Condition<string>[] {
  return [
    sentenceCount(1, language),
    {
      expected: `at most ${limit} ${sizeUnit[language]}`,
      check: (text) => {
        const found = size(text, language)
        return found <= limit ? met : `${found} ${sizeUnit[language]}`
      },
    },
    {
      // parity: the first two characters are compared, not the first word, so that Western passes too.
      expected: `begins with ${opening[language]}`,
      check: (text) => (text.startsWith(opening[language]) ? met : excerpt(text)),
    },
    mustContain(wanted[language], language),
    mustLack(forbidden[language], language),
  ]
}
