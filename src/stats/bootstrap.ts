import { mulberry32, type Random } from '../core/random.ts'
import { defaultLevel } from './distributions.ts'
import type { Resampler } from './metric-table.types.ts'
import { quantileSorted } from './quantile.ts'

/** How a bootstrap is run. */
export interface BootstrapOptions {
  /** Number of resamples. */
  readonly replicates: number
  readonly seed: number
  /** @default 0.95 */
  readonly level?: number
}

/** Fills `indices` with one resample of `indices.length` units: one draw a unit, in order. */
export function drawIndices(random: Random, indices: Uint32Array): void {
  const units = indices.length
  for (let draw = 0; draw < units; draw += 1) indices[draw] = Math.floor(random() * units)
}

/**
 * Values of a statistic on resamples of `units` units drawn with replacement, in drawing order; resamples that leave
 * the statistic undefined are left out. The generator is used for the draws and nothing else.
 */
export function bootstrapReplicates(
  units: number,
  evaluate: Resampler['evaluate'],
  options: BootstrapOptions,
): Float64Array {
  const random = mulberry32(options.seed)
  const indices = new Uint32Array(units)
  const values = new Float64Array(options.replicates)
  let defined = 0
  for (let replicate = 0; replicate < options.replicates; replicate += 1) {
    drawIndices(random, indices)
    const value = evaluate(indices)
    if (value === null) continue
    values[defined] = value
    defined += 1
  }
  return values.subarray(0, defined)
}

/** The two-sided percentile interval of bootstrap values; null for none. */
export function percentileInterval(
  values: Float64Array,
  level = defaultLevel,
): readonly [low: number, high: number] | null {
  const sorted = values.slice().sort()
  const low = quantileSorted(sorted, (1 - level) / 2)
  const high = quantileSorted(sorted, (1 + level) / 2)
  return low === null || high === null ? null : [low, high]
}

/** The indices 0 to `units` - 1, each once: the sample itself. */
export function everyUnit(units: number): Uint32Array {
  return Uint32Array.from({ length: units }, (_, index) => index)
}
