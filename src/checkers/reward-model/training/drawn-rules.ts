import { deriveSeed, mulberry32, type Random } from '../../../core/random.ts'
import { compileRule } from '../../complexbench/compile-rule.ts'
import { RuleError } from '../../complexbench/rule-error.ts'
import type { PoolResponse } from './generated-pairs.ts'
import type { LabelledPair } from './labelled-pair.ts'
import { wordComplexBenchRule } from './word-complexbench-rule.ts'

/** Pairs of real responses with drawn rules of ComplexBench's grammar, labelled by the rule evaluator. */
export function drawRulePairs(pool: readonly PoolResponse[], perResponse: number, seed: number): LabelledPair[] {
  const random = mulberry32(deriveSeed('drawn-rules', seed))
  const pairs: LabelledPair[] = []
  pool.forEach(({ text, cluster }, index) => {
    const response = text.trim()
    for (let turn = 0; turn < perResponse && response !== ''; turn += 1) {
      const rule = drawRule(response, pool[Math.floor(random() * pool.length)]!.text.trim(), random)
      const worded = wordComplexBenchRule(rule, random)
      if (!worded) continue
      const verdict = verdictOf(rule, response)
      if (verdict === null) continue
      pairs.push({
        id: `drawn-${index}-${turn}`,
        source: 'generated',
        response,
        constraint: worded.text,
        label: verdict ? 1 : 0,
        type: `rule:${rule.slice(0, rule.indexOf(':'))}`,
        cluster,
        isRule: true,
        wording: worded.wording,
      })
    }
  })
  return pairs
}

/** Null where drawn texts spoil the rule (they hold the name of another one). */
function verdictOf(rule: string, response: string): boolean | null {
  try {
    const { verdict } = compileRule(rule).evaluate([response])
    return typeof verdict === 'boolean' ? verdict : null
  } catch (error) {
    if (error instanceof RuleError) return null
    throw error
  }
}

function drawRule(text: string, stranger: string, random: Random): string {
  const length = [...text].length
  const kinds = [
    () => {
      const middle = Math.round(length * (0.4 + 1.2 * random()))
      const half = Math.max(1, Math.round(middle * (0.03 + 0.3 * random())))
      return `length:[${Math.max(0, middle - half)},${middle + half}]`
    },
    () => {
      const words = text.split(/\s+/).length
      const low = Math.round(words * (0.4 + random()))
      return `length_word:[${low},${low + Math.round(words * 0.4)}]`
    },
    () => `startswith:${opening(random() < 0.5 ? text : stranger, random)}`,
    () => `endswith:${closing(random() < 0.5 ? text : stranger, random)}`,
    () => `not endswith:${closing(random() < 0.5 ? text : stranger, random)}`,
    () => `model_not_startswith:${opening(random() < 0.5 ? text : stranger, random)}`,
    () => `keyword:[${pieces(text, stranger, random)}]`,
    () => `forbidden_word:[${pieces(random() < 0.5 ? text : stranger, stranger, random)}]`,
    () => (random() < 0.5 ? 'constraint_punc:[，,。]' : 'constraint_punc:[，,。,！,？,：,（,）]'),
  ]
  return kinds[Math.floor(random() * kinds.length)]!()
}

function opening(text: string, random: Random): string {
  return [...text.slice(0, 60)]
    .slice(0, 1 + Math.floor(random() * 8))
    .join('')
    .split('\n')[0]!
}

function closing(text: string, random: Random): string {
  return [...text.slice(-60)]
    .slice(-(1 + Math.floor(random() * 8)))
    .join('')
    .split('\n')
    .at(-1)!
}

function pieces(text: string, stranger: string, random: Random): string {
  const count = 1 + Math.floor(random() * 2)
  return Array.from({ length: count }, () => {
    const source = random() < 0.75 ? text : stranger
    const at = Math.floor(random() * Math.max(1, source.length - 4))
    return source.slice(at, at + 2 + Math.floor(random() * 4)).replace(/[\s,[\]:]/g, '') || '某'
  }).join(',')
}
