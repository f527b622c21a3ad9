import { lstrip } from '../../text/strip.ts'
import { sentenceSize, sizeUnit } from './_conditions.ts'
import { excerpt } from './_excerpt.ts'
import { type Condition, cumulative, met } from './_levels.ts'
import { countSentences, sentencesOf } from './_sentences.ts'
import type { RuleLanguage, RuleMaker } from './rule.ts'

const shortest = 20
const ending: Readonly<Record<RuleLanguage, string>> = { en: 'Those are suggestions', zh: '这些是建议' }

/** Numbered paragraphs of few long sentences and a closing phrase. Needs no target. */
export const format22: RuleMaker = ({ language, level }) => cumulative(conditions(language, level), level)

const partsOf = (text: string) => text.split('\n\n')

function conditions(language: RuleLanguage, level: number): Condition<string>[] {
  // parity: level 5 replaces the number of parts of level 1 instead of adding to it.
  const count = level === 5 ? 4 : 3
  return [
    {
      expected: `exactly ${count} parts between double line feeds`,
      check: (text) => {
        const found = partsOf(text).length
        return found === count ? met : `${found} parts`
      },
    },
    {
      expected: 'fewer than 3 sentences in each of the first three parts',
      check: (text) => {
        const counts = partsOf(text)
          .slice(0, 3)
          .map((part) => countSentences(part, language))
        return Math.max(...counts) < 3 ? met : `${counts.join(', ')} sentences`
      },
    },
    {
      // parity: the English cut takes the full stop of a list number for a sentence end, so that levels 4 and 5 cannot be
      // met together with this condition.
      expected: `more than ${shortest} ${sizeUnit[language]} in every sentence`,
      check: (text) => {
        const short = sentencesOf(text, language).find((sentence) => sentenceSize[language](sentence) <= shortest)
        return short === undefined ? met : `one of ${sentenceSize[language](short)}`
      },
    },
    {
      expected: 'every part that is not blank begins with a number and a full stop',
      check: (text) => {
        const stray = partsOf(text)
          .map((part) => lstrip(part))
          .find((part) => part !== '' && !/^\p{Nd}+\./u.test(part))
        return stray === undefined ? met : excerpt(stray)
      },
    },
    {
      expected: `ends with ${ending[language]}`,
      check: (text) => (text.endsWith(ending[language]) ? met : excerpt(text.slice(-60))),
    },
  ]
}
