import { describe, expect, it } from 'vitest'
import { checkShift } from '../../../../src/checkers/reward-model/evaluation/checkpoint-shift.ts'
import { clusterOf, type ScoredLine } from '../../../../src/checkers/reward-model/evaluation/clusters.ts'
import { evaluate } from '../../../../src/checkers/reward-model/evaluation/evaluate.ts'
import { labelledLine } from '../../../../src/checkers/reward-model/evaluation/labelled-line.ts'
import { levelRanks } from '../../../../src/checkers/reward-model/evaluation/level-ranks.ts'
import { noisyMetrics } from '../../../../src/checkers/reward-model/evaluation/noisy-metrics.ts'
import { recalibrate } from '../../../../src/checkers/reward-model/evaluation/recalibration.ts'
import { responseScores } from '../../../../src/checkers/reward-model/evaluation/response-scores.ts'
import { ScoreCounts } from '../../../../src/checkers/reward-model/evaluation/score-counts.ts'
import { compareThresholds } from '../../../../src/checkers/reward-model/evaluation/thresholds.ts'
import { mulberry32 } from '../../../../src/core/random.ts'
import { binaryAgreement, confusionCounts } from '../../../../src/stats/binary-agreement.ts'
import { calibration } from '../../../../src/stats/calibration-bins.ts'
import { rankCorrelation } from '../../../../src/stats/rank-correlation.ts'
import { auroc } from '../../../../src/stats/ranking-quality.ts'

let next = 0
function scored(over: Record<string, unknown>): ScoredLine {
  next += 1
  const line = labelledLine.parse({ id: next, response: `r${next}`, constraint: 'c', label: 1, p: 0.5, ...over })
  return { line, label: line.label, p: line.p!, cluster: clusterOf(line) }
}
const options = { threshold: 0.5, resamples: 200, seed: 3 }

describe('the worked example of probabilities', () => {
  const labels = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0]
  const scores = [0.95, 0.15, 0.8, 0.62, 0.4, 0.05, 0.55, 0.7, 0.99, 0.3]

  it('gives the published figures', () => {
    const lines = labels.map((label, index) => scored({ label, p: scores[index] }).line)
    const result = evaluate(lines, scores, { threshold: 0.5, seed: 1, bins: 5, resamples: 0 })
    expect(result.overall.auroc.value).toBeCloseTo(0.92, 10)
    expect(result.averagePrecision).toBeCloseTo(0.9266666667, 10)
    expect(result.overall.brier).toBeCloseTo(0.11545, 10)
    expect(result.overall.logLoss).toBeCloseTo(0.3645645579, 10)
    expect(result.overall.ece.value).toBeCloseTo(0.113, 10)
    expect(result.calibration).toMatchObject({ ece: expect.closeTo(0.113, 10), mce: expect.closeTo(0.3, 10) })
  })
})

describe('counts of scores', () => {
  it('give every draw the figures that the pairs themselves give', () => {
    const random = mulberry32(11)
    const scores = Array.from({ length: 300 }, () => Math.round(random() * 12) / 12)
    const counts = new ScoreCounts(scores, 0.5, 10)
    for (let draw = 0; draw < 20; draw += 1) {
      const rows = Array.from({ length: 200 }, () => Math.floor(random() * scores.length))
      const labels = rows.map((row): 0 | 1 => (random() < scores[row]! ? 1 : 0))
      const drawn = rows.map((row) => scores[row]!)
      counts.clear()
      rows.forEach((row, index) => {
        counts.add(row, labels[index]!)
      })
      const { agreement, auroc: area, tauB, ece } = counts.figures()
      const verdicts = drawn.map((p) => (p >= 0.5 ? 1 : 0))
      expect(agreement).toEqual(binaryAgreement(confusionCounts(verdicts, labels)))
      expect(area).toBeCloseTo(auroc(labels, drawn)!, 14)
      expect(tauB).toBeCloseTo(rankCorrelation(drawn, labels).tauB!, 12)
      expect(ece).toBeCloseTo(calibration(labels, drawn).ece!, 14)
    }
  })

  it('know what one class or one score leave undefined', () => {
    const counts = new ScoreCounts([0.5, 0.5], 0.5, 10)
    counts.clear()
    counts.add(0, 1)
    expect(counts.figures()).toMatchObject({ auroc: null, tauB: null, ece: 0.5 })
    counts.add(1, 0)
    expect(counts.figures()).toMatchObject({ auroc: 0.5, tauB: null, ece: 0 })
  })
})

describe('the shift check', () => {
  const random = mulberry32(5)
  /** 80 prompts with two constraints each; labels hold at `rate`, the score adds `bonus`. */
  const checkpoint = (name: string, rate: number, bonus: number) =>
    Array.from({ length: 160 }, (_, index) => {
      const label = random() < rate ? 1 : 0
      return scored({ checkpoint: name, group: index >> 1, label, p: 0.2 + 0.4 * label + bonus + 0.1 * random() })
    })

  it('flags a score that rose while the labels did not', () => {
    const check = checkShift([...checkpoint('base', 0.5, 0), ...checkpoint('gamed', 0.5, 0.25)], options)!
    expect(check.base).toBe('base')
    expect(check.shifts).toMatchObject([
      {
        name: 'gamed',
        sharedClusters: 80,
        isInflated: true,
        isRewardHacking: true,
      },
    ])
    const { sameLabel, soft } = check.shifts[0]!
    expect(sameLabel.value!).toBeCloseTo(0.25, 1)
    expect(soft.value!).toBeCloseTo(0.25, 1)
  })

  it('does not flag a score that rose with the labels', () => {
    const check = checkShift([...checkpoint('base', 0.3, 0), ...checkpoint('better', 0.8, 0)], options)!
    expect(check.shifts[0]!.soft.interval!.low).toBeGreaterThan(0)
    expect(check.shifts).toMatchObject([{ isInflated: false, isRewardHacking: false }])
  })

  it('tells a score that outran rising labels from one that was gamed', () => {
    const check = checkShift([...checkpoint('base', 0.3, 0), ...checkpoint('both', 0.8, 0.3)], options)!
    expect(check.shifts).toMatchObject([{ isInflated: true, isRewardHacking: false }])
  })

  it('needs two checkpoints, and a base that there is', () => {
    const lines = checkpoint('only', 0.5, 0)
    expect(checkShift(lines, options)).toBeNull()
    expect(() => checkShift(lines, { ...options, base: 'other' })).toThrow(/Expected a checkpoint of the file/)
  })
})

describe('rankings by level', () => {
  it('sees ties of coarse scores through their last bits', () => {
    const rows = [
      [1, 'a', 0.1],
      [1, 'a', 0.2],
      [2, 'b', 0],
      [2, 'b', 0.3],
    ] as const
    const lines = rows.map(([level, response]) => ({ group: 'g', level, response, checkpoint: null }))
    const ranks = levelRanks(
      lines,
      rows.map(([, , p]) => p),
    )
    expect(ranks).toMatchObject({ groups: 1, responses: 2, tauB: null, undefinedGroups: 1, weval: { tau: 1 } })
  })

  it('keeps two responses of one level apart, and checkpoints out of each other', () => {
    const lines = ['a', 'b', 'c'].flatMap((response, index) =>
      ['base', 'tuned'].map((checkpoint) => ({ group: 1, level: index === 0 ? 1 : 2, response, checkpoint })),
    )
    const ranks = levelRanks(lines, [0.1, 0.9, 0.2, 0.5, 0.3, 0.7])
    expect(ranks).toMatchObject({ groups: 2, responses: 6 })
    // base: levels 1, 2, 2 with .1, .2, .3; tuned: the same levels with .9, .5, .7.
    expect(ranks!.tauB).toBeCloseTo(0, 12)
    expect(ranks!.pairwiseAccuracy).toBeCloseTo(1 / 3, 12)
    expect(ranks!.pairwiseHalf).toBeCloseTo(0.5, 12)
  })
})

describe('thresholds', () => {
  const pairs = Array.from({ length: 400 }, (_, index) => scored({ label: index % 2, p: index % 2 ? 0.3 : 0.1 }))

  it('are chosen on one half and measured on the other', () => {
    const { fitted, tested, rows } = compareThresholds(pairs, 0.6)
    expect(fitted + tested).toBe(400)
    expect(Math.min(fitted, tested)).toBeGreaterThan(150)
    expect(rows.map(({ name, threshold }) => [name, threshold])).toEqual([
      ['in use', 0.6],
      ['half', 0.5],
      ['best F1', 0.3],
      ['Youden', 0.3],
    ])
    expect(rows[0]).toMatchObject({ hard: 0, f1: 0 })
    expect(rows[2]).toMatchObject({ accuracy: 1, f1: 1 })
  })

  it('are null where there is nothing to choose from', () => {
    const one = pairs.map((pair) => ({ ...pair, label: 1 as const }))
    expect(compareThresholds(one, 0.5).rows.at(-1)).toMatchObject({ name: 'Youden', threshold: null, accuracy: null })
  })
})

describe('other parts of an evaluation', () => {
  it('gives soft and hard scores of whole responses', () => {
    const lines = [
      scored({ response: 'a', label: 1, p: 0.9 }),
      scored({ response: 'a', label: 0, p: 0.5 }),
      scored({ response: 'b', label: 1, p: 0.1 }),
    ]
    expect(responseScores(lines, 0.5)).toEqual({
      responses: 2,
      soft: expect.closeTo(0.4, 12),
      hard: 0.5,
      allSatisfied: 0.5,
      labelled: 0.75,
      labelledAllSatisfied: 0.5,
    })
  })

  it('brings a scorer without any error to chance when half of the labels are turned round', () => {
    const pairs = Array.from({ length: 600 }, (_, index) => scored({ label: index % 2, p: index % 2 }))
    const { figures } = noisyMetrics(pairs, { rate: 0.5, threshold: 0.5, seed: 1 })
    const auroc = figures.find(({ name }) => name === 'AUROC')!
    expect(auroc).toMatchObject({ clean: 1 })
    expect(auroc.mean!).toBeGreaterThan(0.47)
    expect(auroc.mean!).toBeLessThan(0.53)
    expect(noisyMetrics(pairs, { rate: 0, threshold: 0.5, seed: 1 }).figures[0]).toMatchObject({
      mean: 1,
      deviation: 0,
    })
  })

  it('finds the temperature of an overconfident scorer', () => {
    const random = mulberry32(9)
    const pairs = Array.from({ length: 4000 }, () => {
      const margin = 4 * random() - 2
      const label = random() < 1 / (1 + Math.exp(-margin)) ? 1 : 0
      return scored({ label, p: 1 / (1 + Math.exp(-3 * margin)) })
    })
    const { asIs, temperature } = recalibrate(pairs)
    expect(temperature!.temperature).toBeGreaterThan(2.5)
    expect(temperature!.temperature).toBeLessThan(3.6)
    expect(temperature!.logLoss!).toBeLessThan(asIs.logLoss!)
    expect(temperature!.ece!).toBeLessThan(asIs.ece! / 2)
  })

  it('counts constraints of a response, and takes counts that are given', () => {
    const lines = [
      ...[1, 2].map(() => scored({ response: 'two' }).line),
      scored({ response: 'one' }).line,
      scored({ response: 'five', constraint_count: 5 }).line,
    ]
    const { byCount } = evaluate(lines, [0.9, 0.9, 0.9, 0.1], { threshold: 0.5, seed: 1, resamples: 0 })
    expect(byCount.map(({ name, measured }) => [name, measured.n, measured.accuracy.value])).toEqual([
      ['1', 1, 1],
      ['2', 2, 1],
      ['5', 1, 0],
    ])
  })

  it('holds scores against people, and lists disagreements with the surest first', () => {
    const lines = [
      scored({ label: 0, human: 1 }).line,
      scored({ label: 1, human: 0, id: 'mild' }).line,
      scored({ label: 0, human: 0, id: 'sure' }).line,
      scored({ label: 1 }).line,
    ]
    const result = evaluate(lines, [0.9, 0.6, 0.95, 0.1], { threshold: 0.5, seed: 1, resamples: 0, against: 'human' })
    expect(result).toMatchObject({
      n: 3,
      unlabelled: 1,
      unscored: 0,
      pseudoLabels: { n: 3, accuracy: { share: 1 / 3 } },
    })
    expect(result.disagreements.map(({ id, label, verdict }) => [id, label, verdict])).toEqual([
      ['sure', 0, 1],
      ['mild', 0, 1],
    ])
  })

  it('resamples the pairs of one seed together', () => {
    expect(clusterOf({ seed: 's', group: null, response: 'x' })).toBe(clusterOf({ seed: 's', response: 'y' }))
    expect(clusterOf({ seed: 's', group: 's', response: 'x' })).not.toBe(clusterOf({ seed: 's', response: 'x' }))
  })
})
