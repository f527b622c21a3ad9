import { W, WS } from '../../text/regex-classes.ts'
import { mustContain, mustLack, sentenceCount, shorterThan } from './_conditions.ts'
import { type Condition, cumulative, met } from './_levels.ts'
import type { RuleLanguage, RuleMaker } from './rule.ts'

const limit = 20
const progressive = new RegExp(`(?<!${W})(?:am|is|are)${WS}+${W}+ing(?!${W})`, 'u')

const forbidden: Readonly<Record<RuleLanguage, string>> = { en: 'Newton Stewart', zh: '牛顿斯图尔特' }
const wanted: Readonly<Record<RuleLanguage, string>> = { en: 'operation', zh: '操作' }

/** One short sentence in the progressive form about one news text. Needs no target. */
export const xsum: RuleMaker = ({ language, level }) => cumulative(conditions(language), level)

function conditions(language: RuleLanguage): Condition<string>[] {
  return [
    sentenceCount(1, language),
    shorterThan(limit, language),
    mustLack(forbidden[language], language),
    language === 'zh'
      ? mustContain('在', language)
      : {
          expected: 'am, is or are before a word that ends in ing',
          check: (text) => (progressive.test(text) ? met : 'not there'),
        },
    mustContain(wanted[language], language),
  ]
}
