import { W, WS } from '../../text/regex-classes.ts'
import { contains, sentenceSize, sizeUnit } from './_conditions.ts'
import { type Condition, cumulativeOver, met } from './_levels.ts'
import { sentencesOf } from './_sentences.ts'
import type { RuleLanguage, RuleMaker } from './rule.ts'

const limit = 15
/** parity: the white space may be any, and any word character may follow, so `have .` fails and `have 3` passes. */
const perfect = new RegExp(`(?<!${W})(?:has|have)${WS}+${W}`, 'u')

const perfectMark = '了'
const isPerfect: Readonly<Record<RuleLanguage, (sentence: string) => boolean>> = {
  en: (sentence) => perfect.test(sentence),
  zh: (sentence) => sentence.includes(perfectMark),
}

const names: Readonly<Record<RuleLanguage, readonly [string, string, string]>> = {
  en: ['Potter', 'actor', 'films'],
  zh: ['波特', '演员', '电影'],
}
const forbidden: Readonly<Record<RuleLanguage, string>> = { en: 'lavish', zh: '奢侈' }

/** Three short sentences about one news text, each with its word. Needs no target. */
export const cnnDailymail: RuleMaker = ({ language, level }) =>
  cumulativeOver(conditions(language), level, (text) => sentencesOf(text, language))

function conditions(language: RuleLanguage): Condition<readonly string[]>[] {
  return [
    {
      expected: 'exactly 3 sentences',
      check: (sentences) => (sentences.length === 3 ? met : `${sentences.length} sentences`),
    },
    {
      expected: `each sentence has fewer than ${limit} ${sizeUnit[language]}`,
      check: (sentences) => {
        const long = sentences.find((text) => sentenceSize[language](text) >= limit)
        return long === undefined ? met : `one of ${sentenceSize[language](long)}`
      },
    },
    {
      expected: `the sentences contain ${names[language].join(', ')}, in this order`,
      check: (sentences) => {
        const missing = names[language].findIndex((name, index) => !contains(sentences[index]!, name, language))
        return missing === -1 ? met : `sentence ${missing + 1} does not contain ${names[language][missing]}`
      },
    },
    {
      expected: `sentence 2 does not contain ${forbidden[language]}`,
      check: (sentences) => (contains(sentences[1]!, forbidden[language], language) ? 'it is there' : met),
    },
    {
      expected: `sentence 3 has ${language === 'en' ? 'the word has or have before another word' : perfectMark}`,
      check: (sentences) => (isPerfect[language](sentences[2]!) ? met : 'not there'),
    },
  ]
}
