import type { ConstraintType } from './schema.ts'

/**
 * Mean over types, then over levels: the convention of the published tables (YJiangcm/FollowBench issue 4). A cell that
 * is null (a type that a resample did not draw) is passed over; null when nothing is left.
 * @param levels 0-based levels to average over
 */
export function meanOfLevels(
  cell: (type: ConstraintType, level: number) => number | null,
  types: readonly ConstraintType[],
  levels: readonly number[],
): number | null {
  return mean(levels.map((level) => mean(types.map((type) => cell(type, level)))))
}

/** Mean of what is there, added in order; null when nothing is. */
export function mean(values: readonly (number | null)[]): number | null {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (value === null) continue
    sum += value
    count += 1
  }
  return count === 0 ? null : sum / count
}
