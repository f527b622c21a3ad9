import type { Interval, Metric } from '../core/metric.ts'
import type { McNemarTest } from './mcnemar.ts'
import type { Resampler } from './metric-table.types.ts'
import type { BootstrapDifference } from './paired-bootstrap.ts'
import type { WilcoxonTest } from './wilcoxon.ts'

/** One item as both checkpoints did it, in the scale of the figure and as the figure counts it. */
export interface ItemPair {
  readonly item: string
  /** Unit of resampling: `item.cluster`. */
  readonly cluster: string
  /** Mean over samples where several were drawn; null where the item has no value for the figure. */
  readonly a: number | null
  readonly b: number | null
}

/** One figure of two checkpoints. Differences are A - B, so B is the base. */
export interface CompareInput {
  readonly a: Resampler
  readonly b: Resampler
  readonly scale: Metric['scale']
  /**
   * The items of the figure, the same on both sides: whoever compares restricts both checkpoints to the items that both
   * have before aggregating. May be empty where a figure has no values per item.
   */
  readonly items: readonly ItemPair[]
}

export interface CompareOptions {
  /** Bootstrap resamples. @default 10000 */
  readonly replicates?: number
  /** Derive it from the names of benchmark, figure and pair and the seed of the run. @default 0 */
  readonly seed?: number
  /** Level of the interval. @default 0.95 */
  readonly level?: number
  /** False-positive rate for the verdict and the detectable difference. @default 0.05 */
  readonly alpha?: number
  /** Power for the detectable difference. @default 0.8 */
  readonly power?: number
  /**
   * A comparison that shows no difference and could not have found one of this size has too few items; as a part of
   * the scale (0.1 is ten points of a percentage, one of ten).
   * @default 0.1
   */
  readonly resolution?: number
}

/** What a comparison says, in words a report can print. */
export type CompareVerdict = 'better' | 'worse' | 'no difference shown' | 'too few items'

/** The test whose p decides. */
export type CompareTest = 'cluster-bootstrap' | 'mcnemar-exact' | 'wilcoxon-exact'

export interface Comparison {
  readonly a: number | null
  readonly b: number | null
  /** A - B. */
  readonly difference: number | null
  /** Clustered paired bootstrap, percentile. */
  readonly interval: Interval | null
  /** Standard deviation of the resampled differences. */
  readonly standardError: number | null
  /** Of {@link test}; never below 1/(replicates + 1) for the bootstrap. */
  readonly p: number | null
  readonly test: CompareTest
  /** Why this test, in words. */
  readonly why: string
  readonly verdict: CompareVerdict
  /** Difference that this comparison would find with the asked power; null where its noise is unknown. */
  readonly detectable: number | null
  /** Size of the difference without a unit; null where it has no spread to be measured by. */
  readonly effect: { readonly name: "Cohen's h" | "Cohen's d_z"; readonly value: number } | null
  /** Items that only A, only B has right: pass-or-fail figures only. */
  readonly disagreements: { readonly onlyA: number; readonly onlyB: number } | null
  /** Pairs with a value on both sides, and pairs without. */
  readonly n: number
  readonly unmeasured: number
  readonly clusters: number
  /** Clusters that only one side has: left out on both, to be listed. */
  readonly leftOut: { readonly onlyA: readonly string[]; readonly onlyB: readonly string[] }
  readonly bootstrap: BootstrapDifference
  /** For pass-or-fail figures with one item a cluster, whichever test decides. */
  readonly mcNemar: McNemarTest | null
  /** For graded figures with one item a cluster, whichever test decides. */
  readonly wilcoxon: WilcoxonTest | null
}
