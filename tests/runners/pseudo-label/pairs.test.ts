import { describe, expect, it } from 'vitest'
import { NoiseCounter } from '../../../src/runners/pseudo-label/noise-report.ts'
import { pairsOf } from '../../../src/runners/pseudo-label/pairs.ts'
import type { LevelRecord } from '../../../src/runners/pseudo-label/pseudo-label.types.ts'
import type { SeedConstraint } from '../../../src/runners/pseudo-label/seed.ts'
import { houseTools } from '../../checkers/instructions/_tools.ts'

const constraints: readonly SeedConstraint[] = [
  { text: 'Be kind.', type: 'tone' },
  { text: 'No commas.', type: 'syntactic', rule: { id: 'punctuation:no_comma', kwargs: {} } },
  { text: 'Be brief.' },
]

function level(level: number, response: string | null, over: Partial<LevelRecord> = {}): LevelRecord {
  return {
    seed: 's',
    level,
    task: 'p',
    prompt: `p${level}`,
    constraints: constraints.slice(0, level),
    origin: 'given',
    response,
    status: response === null ? 'provider-error' : 'ok',
    failure: response === null ? 'no reply' : null,
    call: `call${level}`,
    generatorCall: null,
    model: 'm',
    ...over,
  }
}

describe('neighbouring levels', () => {
  it('give the later response as positive and the earlier one as negative sample of the new constraint', () => {
    const { pairs, dropped } = pairsOf([level(1, 'a, b'), level(2, 'a b'), level(3, 'ab')], houseTools)
    expect(dropped).toEqual([])
    expect(
      pairs.map(({ id, label, response, constraint, source }) => [id, label, response, constraint, source.level]),
    ).toEqual([
      ['s#L2+', 1, 'a b', 'No commas.', 2],
      ['s#L2-', 0, 'a, b', 'No commas.', 1],
      ['s#L3+', 1, 'ab', 'Be brief.', 3],
      ['s#L3-', 0, 'a b', 'Be brief.', 2],
    ])
    expect(pairs.map(({ kind, satisfied, type }) => [kind, satisfied, type])).toEqual([
      ['hard', true, 'syntactic'],
      ['hard', false, 'syntactic'],
      ['soft', null, null],
      ['soft', null, null],
    ])
  })

  it('give a pair for the first constraint only with level zero', () => {
    expect(pairsOf([level(1, 'x')], houseTools).pairs).toEqual([])
    const { pairs } = pairsOf([level(0, 'y'), level(1, 'x')], houseTools)
    expect(pairs.map(({ id, constraint }) => [id, constraint])).toEqual([
      ['s#L1+', 'Be kind.'],
      ['s#L1-', 'Be kind.'],
    ])
  })

  it('give none where a response is missing, cut off, blank or the same as the other', () => {
    const reasons = (...levels: LevelRecord[]) =>
      pairsOf(levels, houseTools).dropped.map(({ level, reason }) => [level, reason])
    expect(reasons(level(1, 'a'), level(2, null), level(3, 'c'))).toEqual([
      [2, 'no-response'],
      [3, 'no-response'],
    ])
    expect(reasons(level(1, 'a'), level(2, 'b', { status: 'truncated' }))).toEqual([[2, 'truncated']])
    expect(reasons(level(1, 'a'), level(2, ' \n'))).toEqual([[2, 'empty']])
    expect(reasons(level(1, 'a'), level(2, 'a'))).toEqual([[2, 'identical']])
  })
})

describe('the noise report', () => {
  it('counts wrong labels in both directions, with intervals, by level and type', () => {
    const noise = new NoiseCounter()
    const seeds: [string, string][] = [
      ['a, b', 'a b'],
      ['x', 'y'],
      ['a, b', 'c, d'],
    ]
    for (const [before, after] of seeds) {
      for (const pair of pairsOf([level(1, before), level(2, after)], houseTools).pairs) noise.add(pair)
    }
    noise.drop('identical')
    const report = noise.report()
    expect(report.pairs).toBe(6)
    expect(report.falsePositives).toMatchObject({ checked: 3, wrong: 1 })
    expect(report.falseNegatives).toMatchObject({ checked: 3, wrong: 1 })
    expect(report.falseNegatives.rate).toBeCloseTo(1 / 3, 12)
    expect(report.falseNegatives.interval![0]).toBeCloseTo(0.0615, 3)
    expect(report.byLevel).toHaveProperty('L2')
    expect(report.byType).toHaveProperty('syntactic')
    expect(report.dropped).toEqual({ identical: 1 })
  })

  it('measures nothing where no rule can tell', () => {
    const noise = new NoiseCounter()
    for (const pair of pairsOf([level(2, 'a'), level(3, 'b')], houseTools).pairs) noise.add(pair)
    expect(noise.report()).toMatchObject({ pairs: 2, falsePositives: { checked: 0, rate: null, interval: null } })
  })
})
