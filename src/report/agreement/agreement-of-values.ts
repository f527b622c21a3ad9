import { type BinaryAgreement, binaryAgreement, confusionCounts } from '../../stats/binary-agreement.ts'
import { createMetricTable } from '../../stats/metric-table.ts'
import { mean } from '../../stats/sum.ts'
import type { ScoredPlace } from './read-values.ts'

/** How two scorings of the same responses agree on some constraints. */
export interface ValueAgreement {
  /** Who decided on each side; who gave no verdict at all does not count. */
  readonly scorers: readonly [readonly string[], readonly string[]]
  /** Constraints with a verdict on both sides. */
  readonly n: number
  /** Constraints that only one side has a verdict on, or neither. */
  readonly unpaired: number
  /** Share of equal verdicts, with an interval that resamples clusters. */
  readonly equal: { readonly value: number | null; readonly low: number | null; readonly high: number | null }
  /** Mean of first minus second. */
  readonly meanDifference: number | null
  readonly meanAbsoluteDifference: number | null
  /** Null for graded scores, and without pairs. */
  readonly binary: Pick<BinaryAgreement, 'kappa' | 'kappaError' | 'ac1' | 'macroF1'> | null
  /** Verdicts that only the first, only the second calls satisfied; null for graded scores. */
  readonly firstOnly: number | null
  readonly secondOnly: number | null
  /** Share that each side calls satisfied; null for graded scores. */
  readonly rates: readonly [number, number] | null
}

/** The same constraint in two scorings. */
export type PlacePair = readonly [ScoredPlace, ScoredPlace]

/**
 * Pairs of verdicts that two different scorers gave on the same constraint of the same response. Where both sides have
 * the same scorer (a rule, the judge's share of a cascade) they agree by construction and say nothing.
 */
export function pairPlaces(
  one: ReadonlyMap<string, ScoredPlace>,
  other: ReadonlyMap<string, ScoredPlace>,
): readonly PlacePair[] {
  return [...one].flatMap(([place, first]) => {
    const second = other.get(place)
    return second && second.scorer !== first.scorer ? [[first, second] as const] : []
  })
}

/**
 * Figures over such pairs.
 * @param clusterOf unit of resampling of an item
 */
export function agreementOfValues(
  pairs: readonly PlacePair[],
  clusterOf: (item: string) => string = (item) => item,
): ValueAgreement {
  const both = pairs.flatMap(([first, second]) =>
    first.value === null || second.value === null
      ? []
      : [{ cluster: clusterOf(first.item), first: first.value, second: second.value }],
  )
  const n = both.length
  const isBinary = n > 0 && both.every(({ first, second }) => isVerdict(first) && isVerdict(second))
  const counts = confusionCounts(
    both.map(({ first }) => first),
    both.map(({ second }) => second),
  )
  const { falsePositives, falseNegatives, truePositives } = counts
  const { kappa, kappaError, ac1, macroF1 } = binaryAgreement(counts)
  const differences = both.map(({ first, second }) => first - second)
  return {
    scorers: [scorersOf(pairs, 0), scorersOf(pairs, 1)],
    n,
    unpaired: pairs.length - n,
    equal: equalShare(both),
    meanDifference: mean(differences),
    meanAbsoluteDifference: mean(differences.map(Math.abs)),
    binary: isBinary ? { kappa, kappaError, ac1, macroF1 } : null,
    firstOnly: isBinary ? falsePositives : null,
    secondOnly: isBinary ? falseNegatives : null,
    rates: isBinary ? [(truePositives + falsePositives) / n, (truePositives + falseNegatives) / n] : null,
  }
}

function equalShare(both: readonly { cluster: string; first: number; second: number }[]): ValueAgreement['equal'] {
  if (both.length === 0) return { value: null, low: null, high: null }
  const table = createMetricTable()
  const head = { id: 'equal', protocol: 'fixed', scale: 'fraction', unit: 'constraint' } as const
  for (const { cluster, first, second } of both) {
    table.ratio(head, { cluster, numerator: first === second ? 1 : 0, denominator: 1 })
  }
  const { value, interval } = table.metrics()[0]!
  return { value, low: interval?.low ?? null, high: interval?.high ?? null }
}

function scorersOf(pairs: readonly PlacePair[], side: 0 | 1): readonly string[] {
  return [...new Set(pairs.flatMap((pair) => (pair[side].value === null ? [] : [pair[side].scorer])))].sort()
}

function isVerdict(value: number): boolean {
  return value === 0 || value === 1
}
