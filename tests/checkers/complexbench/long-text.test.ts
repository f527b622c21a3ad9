import { describe, expect, it } from 'vitest'
import { compileRule } from '../../../src/checkers/complexbench/compile-rule.ts'
import { extractionReaders } from '../../../src/checkers/complexbench/extraction-reply.ts'
import { judgeReaders } from '../../../src/checkers/complexbench/judge-reply.ts'
import { RuleError } from '../../../src/checkers/complexbench/rule-error.ts'
import { ruleNameList } from '../../../src/checkers/complexbench/rule-flaw.ts'

const megabyte = 1 << 20
const units = ['a', ' ', '\n', '.', '{', '{"a":', '"', '||', '| ', '：', '答案：', '😀', '甲,', 'None']
const texts = units.map((unit) => unit.repeat(Math.ceil(megabyte / unit.length)))
const passages = texts.flatMap((text) => (text.includes('||') ? [[text], text.split('||')] : [[text]]))
const replies = [
  '评分对象：',
  '【模型回复中评分问题的评测对象】\n',
  '\n\n注意',
  '\n\n请注意',
  '答案**',
  '答案：是',
  '**',
]
const replyTexts = [
  ...texts,
  `答案：${' '.repeat(megabyte)}`,
  `评分对象：${' '.repeat(megabyte)}x`,
  ...replies.map((unit) => unit.repeat(Math.ceil(megabyte / unit.length))),
]

const parameters: Readonly<Record<string, string>> = {
  length: '[1,9]',
  number: '[1,9]',
  num: '[1,9,甲,a]',
  Json: '["a","b"]',
}
const rules = [
  ...ruleNameList.map((name) => {
    const part = Object.keys(parameters).find((key) => name.includes(key))
    const takesText = /startswith|endswith|match/.test(name)
    return `${name}:${part ? parameters[part] : takesText ? 'a'.repeat(50) : '[甲,a.b,，]'}`
  }),
  'model_startswith:a\nmodel_endswith:b',
  'startswith:a\nendswith:b',
  'model_keyword_num_each:[1,1,甲]\nmodel_forbidden_word_each:[乙]',
  `keyword:[${'a'.repeat(200)}b]`,
]

function seconds(run: () => void): number {
  const started = process.cpuUsage()
  run()
  return process.cpuUsage(started).user / 1e6
}

describe('responses and replies of a megabyte', () => {
  it.each(rules)(
    'are read in time by %s',
    (text) => {
      for (const reading of ['official', 'fixed'] as const) {
        const rule = compileRule(text, reading)
        expect(rule.kind).not.toBeNull()
        for (const segments of passages) {
          const spent = seconds(() => {
            try {
              rule.evaluate(segments)
            } catch (error) {
              if (!(error instanceof RuleError)) throw error
            }
          })
          expect(spent).toBeLessThan(2)
        }
      }
    },
    120_000,
  )

  it('are read in time by the reply parsers', () => {
    for (const reply of replyTexts) {
      for (const protocol of ['official', 'fixed'] as const) {
        expect(seconds(() => void extractionReaders[protocol]('甲', reply))).toBeLessThan(2)
        expect(seconds(() => void judgeReaders[protocol](reply))).toBeLessThan(2)
      }
    }
  }, 120_000)
})
