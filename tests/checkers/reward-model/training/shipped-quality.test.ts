import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadModel, shippedModel } from '../../../../src/checkers/reward-model/embedded/model-file.ts'
import type {
  QualityReport,
  QualityRow,
  Summary,
} from '../../../../src/checkers/reward-model/training/quality-report.ts'

const quality = JSON.parse(readFileSync(join(shippedModel, 'quality.json'), 'utf8')) as QualityReport
const head = JSON.parse(readFileSync(join(shippedModel, 'model.json'), 'utf8')) as {
  trainingData: Record<string, string>
}
const documentation = readFileSync('docs/reward-model.md', 'utf8')

/** Lines of the table in docs/reward-model.md: name there, group in quality.json. */
const documented: readonly (readonly [string, string])[] = [
  ['all rule-verifiable', 'rules'],
  ['… in wordings never trained on', 'rules, unseen wording'],
  ['… of types held out of training', 'rules, unseen types'],
  ['… on published responses', 'rules, published responses'],
  ['IFEval, published responses', 'source ifeval-models'],
  ['COLLIE, published responses', 'source collie-models'],
  ['ComplexBench rules, published responses', 'source complexbench-models'],
  ['FollowBench rules, published responses', 'followbench-rules-models, cross-fitted'],
  ['FollowBench rules, crafted edge cases', 'followbench-rules-crafted, cross-fitted'],
  ['IFEval, crafted edge cases', 'source ifeval-crafted'],
  ['judged constraints', 'judged, cross-fitted'],
  ['… of FollowBench', 'followbench-judged, cross-fitted'],
  ['… of CFBench', 'cfbench-judged, cross-fitted'],
]

describe('the quality of the shipped weights', () => {
  it.each(documented)('stands in the documentation as it was measured: %s', (name, group) => {
    expect(documentation).toContain(tableLine(name, rowOf(group)))
  })

  it('is given for every kind of constraint and every source beside both baselines, with intervals', () => {
    const groups = quality.rows.map(({ group }) => group)
    for (const start of ['type change_case:', 'type collie:', 'type rule:', 'type followbench:', 'type cfbench:']) {
      expect(groups.some((group) => group.startsWith(start))).toBe(true)
    }
    for (const { model, majority, lengthOnly } of quality.rows) {
      for (const { n, clusters, accuracy, wilson, ece } of [model, majority, lengthOnly]) {
        expect(n).toBe(model.n)
        // One cluster alone has no interval.
        const known = clusters > 1 ? [...accuracy, ...ece] : [accuracy[0], ece[0]]
        expect([...known, ...wilson].every((value) => typeof value === 'number')).toBe(true)
        expect(wilson[0]!).toBeLessThanOrEqual(accuracy[0]!)
        expect(wilson[1]!).toBeGreaterThanOrEqual(accuracy[0]!)
      }
    }
  })

  it('beats both baselines by far on rule-verifiable constraints, held-out types included', () => {
    for (const group of ['rules', 'rules, unseen wording', 'rules, unseen types', 'rules, published responses']) {
      const { model, majority, lengthOnly } = rowOf(group)
      const rival = Math.max(majority.accuracy[2]!, lengthOnly.accuracy[2]!)
      expect(model.accuracy[1]!).toBeGreaterThan(rival + 0.1)
    }
  })

  it('belongs to weights whose training files are known by hash', () => {
    const hashes = Object.values(head.trainingData)
    expect(hashes.length).toBeGreaterThan(20)
    expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true)
    expect(Object.keys(head.trainingData)).toContain('golden/followbench/rules.zh.jsonl')
    const judged = quality.rows.find(({ group }) => group === 'judged, cross-fitted')!
    expect(loadModel().curve.p).toHaveLength(judged.model.n)
  })
})

function rowOf(group: string): QualityRow {
  const row = quality.rows.find((candidate) => candidate.group === group)
  if (!row) throw new Error(`No group ${group} in quality.json`)
  return row
}

/** One line of the documented table. */
function tableLine(name: string, { model, majority, lengthOnly }: QualityRow): string {
  const cells = [
    name,
    model.n.toLocaleString('en'),
    withInterval(model.accuracy, percent),
    withInterval(model.balancedAccuracy, percent),
    withInterval(model.auroc, plain),
    withInterval(model.tauB, plain),
    withInterval(model.ece, plain),
    percent(majority.accuracy[0]!),
    percent(lengthOnly.accuracy[0]!),
  ]
  return `| ${cells.join(' | ')} |`
}

const percent = (value: number) => (value * 100).toFixed(1)
const plain = (value: number) => value.toFixed(3)

function withInterval([value, low, high]: Summary['accuracy'], show: (value: number) => string): string {
  return `${show(value!)} [${show(low!)}, ${show(high!)}]`
}
