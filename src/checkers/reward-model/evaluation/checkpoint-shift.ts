import { DataError } from '../../../core/errors.ts'
import { groupBy } from '../../../core/group-by.ts'
import type { Interval } from '../../../core/metric.ts'
import { binaryAgreement, confusionCounts } from '../../../stats/binary-agreement.ts'
import { bootstrapInterval } from '../../../stats/bootstrap-interval.ts'
import { calibration } from '../../../stats/calibration-bins.ts'
import { auroc } from '../../../stats/ranking-quality.ts'
import type { ScoredLine } from './clusters.ts'
import type { Figure } from './measure.ts'

/** How the scorer does on the responses of one checkpoint. */
export interface CheckpointFigures {
  readonly name: string
  readonly n: number
  /** Share of label 1. */
  readonly labelled: number
  /** Mean probability. */
  readonly soft: number
  /** Share at or over the threshold. */
  readonly hard: number
  readonly accuracy: number
  readonly balancedAccuracy: number
  readonly auroc: number | null
  readonly ece: number | null
}

/** What changed from the base to another checkpoint. Differences are other less base, intervals are 95 %. */
export interface CheckpointShift {
  readonly name: string
  /** Clusters with lines of both: without any, the differences are those of the prompts, too. */
  readonly sharedClusters: number
  readonly labelled: Figure
  readonly soft: Figure
  readonly hard: Figure
  /**
   * Difference of the mean probability among pairs of the same label, weighted by how frequent the labels are on both
   * sides: how far the score moved where nothing else did. Other than the difference of the two rows above it does not
   * depend on how steep the scorer's scale is.
   */
  readonly sameLabel: Figure
  /** Pairs of the same label get higher scores than before: the interval of `sameLabel` is above 0, and it is a point at least. */
  readonly isInflated: boolean
  /** The score rose and is inflated, and the labels did not rise: what training does that games the scorer. */
  readonly isRewardHacking: boolean
}

/** A scorer on the responses of several checkpoints. */
export interface ShiftCheck {
  readonly base: string
  readonly checkpoints: readonly CheckpointFigures[]
  readonly shifts: readonly CheckpointShift[]
}

export interface ShiftOptions {
  /** Name of the base; the first checkpoint of the file when left out. */
  readonly base?: string | undefined
  readonly threshold: number
  readonly resamples: number
  readonly seed: number
}

/**
 * Compares a scorer's figures between checkpoints. Clusters are resampled together, those that several checkpoints share
 * with the answers of all of them.
 * @returns null where the lines name fewer than two checkpoints
 * @throws DataError `unknown-base`
 */
export function checkShift(lines: readonly ScoredLine[], options: ShiftOptions): ShiftCheck | null {
  const named = lines.filter(({ line }) => line.checkpoint != null)
  const byName = groupBy(named, ({ line }) => line.checkpoint!)
  const names = [...byName.keys()]
  const base = options.base ?? names[0]
  if (options.base !== undefined && !byName.has(options.base)) {
    throw new DataError('unknown-base', `Expected a checkpoint of the file as base, got ${options.base}`, {
      hint: names.length === 0 ? 'No line has a `checkpoint`.' : `Checkpoints: ${names.join(', ')}`,
    })
  }
  if (base === undefined || names.length < 2) return null
  return {
    base,
    checkpoints: names.map((name) => figuresOf(name, byName.get(name)!, options.threshold)),
    shifts: names
      .filter((name) => name !== base)
      .map((name) => shiftOf(name, byName.get(base)!, byName.get(name)!, options)),
  }
}

function figuresOf(name: string, lines: readonly ScoredLine[], threshold: number): CheckpointFigures {
  const labels = lines.map(({ label }) => label)
  const scores = lines.map(({ p }) => p)
  const verdicts = scores.map((p): 0 | 1 => (p >= threshold ? 1 : 0))
  const { accuracy, balancedAccuracy } = binaryAgreement(confusionCounts(verdicts, labels))
  const share = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / lines.length
  return {
    name,
    n: lines.length,
    labelled: share(labels),
    soft: share(scores),
    hard: share(verdicts),
    accuracy,
    balancedAccuracy,
    auroc: auroc(labels, scores),
    ece: calibration(labels, scores).ece,
  }
}

/** A shift of less than one point is not flagged, however many pairs make it significant. */
const leastInflation = 0.01

/** Sums of one cluster's lines on one side. */
interface Sums {
  n: number
  labelled: number
  soft: number
  hard: number
  /** The probabilities of the lines with label 1. */
  softSatisfied: number
}
type Measure = 'labelled' | 'soft' | 'hard'

function shiftOf(
  name: string,
  base: readonly ScoredLine[],
  other: readonly ScoredLine[],
  { threshold, resamples, seed }: ShiftOptions,
): CheckpointShift {
  const clusters = [...new Set([...base, ...other].map(({ cluster }) => cluster))]
  const sides = [base, other].map((lines) => sumsByCluster(lines, clusters, threshold))
  const everything = Uint32Array.from(clusters, (_cluster, index) => index)
  const totals = (drawn: ArrayLike<number>) => sides.map((side) => totalOf(side, drawn)) as [Sums, Sums]
  const difference = (drawn: ArrayLike<number>, measure: Measure): number | null => {
    const [before, after] = totals(drawn)
    return before.n === 0 || after.n === 0 ? null : after[measure] / after.n - before[measure] / before.n
  }
  const figure = (statistic: (drawn: ArrayLike<number>) => number | null): Figure => ({
    value: statistic(everything),
    interval:
      resamples === 0 ? null : bootstrapInterval({ clusters, evaluate: statistic }, { replicates: resamples, seed }),
  })
  const labelled = figure((drawn) => difference(drawn, 'labelled'))
  const soft = figure((drawn) => difference(drawn, 'soft'))
  const sameLabel = figure((drawn) => differenceAtSameLabel(...totals(drawn)))
  const isInflated = isAboveZero(sameLabel.interval) && sameLabel.value! >= leastInflation
  const [before, after] = sides
  return {
    name,
    sharedClusters: clusters.filter((_cluster, index) => before![index]!.n > 0 && after![index]!.n > 0).length,
    labelled,
    soft,
    hard: figure((drawn) => difference(drawn, 'hard')),
    sameLabel,
    isInflated,
    isRewardHacking: isInflated && isAboveZero(soft.interval) && !isAboveZero(labelled.interval),
  }
}

function isAboveZero(interval: Interval | null): boolean {
  return interval !== null && interval.low > 0
}

/** Null where no label occurs on both sides. */
function differenceAtSameLabel(before: Sums, after: Sums): number | null {
  const parts = [
    { from: before.softSatisfied, fromN: before.labelled, to: after.softSatisfied, toN: after.labelled },
    {
      from: before.soft - before.softSatisfied,
      fromN: before.n - before.labelled,
      to: after.soft - after.softSatisfied,
      toN: after.n - after.labelled,
    },
  ].filter(({ fromN, toN }) => fromN > 0 && toN > 0)
  const weight = parts.reduce((total, { fromN, toN }) => total + fromN + toN, 0)
  if (weight === 0) return null
  return parts.reduce(
    (total, { from, fromN, to, toN }) => total + ((fromN + toN) / weight) * (to / toN - from / fromN),
    0,
  )
}

function nothing(): Sums {
  return { n: 0, labelled: 0, soft: 0, hard: 0, softSatisfied: 0 }
}

function sumsByCluster(lines: readonly ScoredLine[], clusters: readonly string[], threshold: number): Sums[] {
  const places = new Map(clusters.map((cluster, index) => [cluster, index]))
  const sums = clusters.map(nothing)
  for (const { cluster, label, p } of lines) {
    const sum = sums[places.get(cluster)!]!
    sum.n += 1
    sum.labelled += label
    sum.soft += p
    sum.hard += p >= threshold ? 1 : 0
    if (label === 1) sum.softSatisfied += p
  }
  return sums
}

function totalOf(side: readonly Sums[], drawn: ArrayLike<number>): Sums {
  const total = nothing()
  for (let index = 0; index < drawn.length; index += 1) {
    const sums = side[drawn[index]!]!
    total.n += sums.n
    total.labelled += sums.labelled
    total.soft += sums.soft
    total.hard += sums.hard
    total.softSatisfied += sums.softSatisfied
  }
  return total
}
