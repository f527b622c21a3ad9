import type { Interval, Metric } from '../core/metric.ts'
import { commonClusters } from './_common-clusters.ts'
import { type ItemTests, itemTests } from './_item-tests.ts'
import { everyUnit } from './bootstrap.ts'
import { minimumDefinedShare } from './bootstrap-interval.ts'
import type { CompareInput, CompareOptions, CompareTest, CompareVerdict, Comparison } from './compare.types.ts'
import { defaultLevel } from './distributions.ts'
import { type BootstrapDifference, bootstrapDifference } from './paired-bootstrap.ts'
import { detectableFromError } from './power.ts'
import { scaleWidth } from './scale-range.ts'
import { differenceOf } from './statistics-of-draws.ts'

export type {
  CompareInput,
  CompareOptions,
  CompareTest,
  CompareVerdict,
  Comparison,
  ItemPair,
} from './compare.types.ts'

/** With fewer disagreements or non-zero differences than this an exact test decides instead of the bootstrap. */
export const fewDifferences = 25

/** With fewer clusters than this a bootstrap knows too little of the noise to show anything. */
export const fewestClusters = 10

/**
 * Compares one figure of two checkpoints on the same items.
 *
 * The interval and, as a rule, the p come from the paired cluster bootstrap: whole clusters are drawn, the same for both
 * sides, and the figure is recomputed, so it fits ratios and composed figures too. An exact test decides where every
 * cluster has one item, the figure is the mean over items, and fewer than {@link fewDifferences} items tell the two
 * apart: McNemar's for pass or fail, Wilcoxon's for graded items. There the bootstrap finds differences too easily
 * (5 against 0 of 500: 0.04 for the exact 0.0625).
 *
 * The verdict is `better` or `worse` when p < alpha; else `too few items` when there are fewer than
 * {@link fewestClusters} clusters or when the detectable difference exceeds `resolution`; else `no difference shown`.
 * A bootstrap over fewer than {@link fewestClusters} clusters never shows a difference.
 */
export function compareFigure(input: CompareInput, options: CompareOptions = {}): Comparison {
  const { replicates = 10_000, seed = 0, level = defaultLevel, alpha = 0.05, power = 0.8 } = options
  const { clusters, a, b, onlyA, onlyB } = commonClusters(input.a, input.b)
  const known = new Set(clusters)
  const all = everyUnit(clusters.length)
  const valueA = clusters.length === 0 ? null : a(all)
  const valueB = clusters.length === 0 ? null : b(all)
  const difference = valueA === null || valueB === null ? null : valueA - valueB
  const bootstrap = bootstrapDifference(clusters.length, differenceOf(a, b), { replicates, seed, level })
  const items = itemTests(
    input.items.filter(({ cluster }) => known.has(cluster)),
    difference,
  )
  const isTrusted = clusters.length >= 2 && bootstrap.replicates >= minimumDefinedShare * replicates
  const { p, test, why } = decide(items, isTrusted ? bootstrap.p : null, clusters.length)
  const standardError = isTrusted ? bootstrap.standardError : null
  const detectable = detectableBy(standardError, input.scale, clusters.length, { alpha, power })
  return {
    a: valueA,
    b: valueB,
    difference,
    interval: isTrusted ? toInterval(bootstrap, level) : null,
    standardError,
    p,
    test,
    why,
    verdict: verdictOf({ difference, p, test, detectable, clusters: clusters.length }, input.scale, options),
    detectable,
    effect: effectOf(items, valueA, valueB, standardError, clusters.length),
    disagreements: items.disagreements,
    n: items.n,
    unmeasured: items.unmeasured,
    clusters: clusters.length,
    leftOut: { onlyA, onlyB },
    bootstrap,
    mcNemar: items.mcNemar,
    wilcoxon: items.wilcoxon,
  }
}

/** What a verdict rests on; `p` may be an adjusted one. */
export type VerdictBasis = Pick<Comparison, 'difference' | 'p' | 'test' | 'detectable' | 'clusters'>

/** The rule of {@link compareFigure}, for a p that was adjusted for its family. */
export function verdictOf(
  { difference, p, test, detectable, clusters }: VerdictBasis,
  scale: Metric['scale'],
  { alpha = 0.05, resolution = 0.1 }: Pick<CompareOptions, 'alpha' | 'resolution'> = {},
): CompareVerdict {
  if (p === null || difference === null) return 'too few items'
  if (p < alpha && difference !== 0 && canShowDifference({ test, clusters })) return difference > 0 ? 'better' : 'worse'
  const isBlunt = detectable !== null && detectable > resolution * scaleWidth(scale)
  return clusters < fewestClusters || isBlunt ? 'too few items' : 'no difference shown'
}

/** False where the bootstrap would decide on too few clusters: its p is then not to be believed. */
export function canShowDifference({ test, clusters }: Pick<Comparison, 'test' | 'clusters'>): boolean {
  return test !== 'cluster-bootstrap' || clusters >= fewestClusters
}

function decide(
  { mcNemar, wilcoxon, disagreements }: ItemTests,
  bootstrapP: number | null,
  clusters: number,
): { p: number | null; test: CompareTest; why: string } {
  if (mcNemar && disagreements) {
    const apart = disagreements.onlyA + disagreements.onlyB
    const why = `pass or fail, one item a cluster, ${apart} disagreements (under ${fewDifferences})`
    if (apart < fewDifferences) return { p: mcNemar.exactP, test: 'mcnemar-exact', why }
  }
  if (wilcoxon && wilcoxon.n < fewDifferences) {
    const why = `graded, one item a cluster, ${wilcoxon.n} differences (under ${fewDifferences})`
    return { p: wilcoxon.exactP, test: 'wilcoxon-exact', why }
  }
  return { p: bootstrapP, test: 'cluster-bootstrap', why: `the figure is recomputed over ${clusters} clusters` }
}

function toInterval({ interval }: BootstrapDifference, level: number): Interval | null {
  return interval && { low: interval[0], high: interval[1], level, method: 'cluster-bootstrap' }
}

function detectableBy(
  standardError: number | null,
  scale: Metric['scale'],
  clusters: number,
  options: { alpha: number; power: number },
): number | null {
  if (standardError) return detectableFromError(standardError, options)
  const width = scaleWidth(scale)
  if (standardError === null || !Number.isFinite(width)) return null
  // Without any disagreement the noise was not seen; up to 3 of n clusters disagree at 95 % (the rule of three).
  return detectableFromError(width * Math.sqrt(Math.min(1, 3 / clusters) / clusters), options)
}

function effectOf(
  { mcNemar }: ItemTests,
  a: number | null,
  b: number | null,
  standardError: number | null,
  clusters: number,
): Comparison['effect'] {
  if (a === null || b === null) return null
  if (mcNemar) return { name: "Cohen's h", value: 2 * Math.asin(Math.sqrt(a)) - 2 * Math.asin(Math.sqrt(b)) }
  if (!standardError) return null
  return { name: "Cohen's d_z", value: (a - b) / (standardError * Math.sqrt(clusters)) }
}
