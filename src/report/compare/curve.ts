import type { Metric } from '../../core/metric.ts'
import type { Comparison } from '../../stats/compare.ts'
import { adjustFamily, type FamilyMember } from '../../stats/compare-family.ts'
import type { Checkpoint } from './checkpoint.ts'
import {
  assertAllComparable,
  type CompareSettings,
  commonBenchmarks,
  comparePair,
  ResultShelf,
} from './compare-checkpoints.ts'

/** One benchmark over the steps of a training run. */
export interface BenchmarkCurve {
  readonly benchmark: string
  readonly label: string
  readonly scale: Metric['scale']
  readonly isSample: boolean
  readonly points: readonly CurvePoint[]
}

/** One step of a curve, compared with the first one (Holm over all steps and benchmarks). */
export interface CurvePoint extends Partial<FamilyMember> {
  readonly name: string
  /** Tag `step`; null where the runs were ordered as given. */
  readonly step: number | null
  readonly value: number | null
}

/** Orders checkpoints by their tag `step` when every one has a number there; leaves them as given otherwise. */
export function orderBySteps(
  checkpoints: readonly Checkpoint[],
): readonly { checkpoint: Checkpoint; step: number | null }[] {
  const steps = checkpoints.map(({ runs }) => Number.parseFloat(runs[0]!.run.manifest.tags.step ?? ''))
  if (steps.some((step) => Number.isNaN(step))) return checkpoints.map((checkpoint) => ({ checkpoint, step: null }))
  return checkpoints
    .map((checkpoint, index) => ({ checkpoint, step: steps[index]! }))
    .sort((one, other) => one.step - other.step)
}

/** Compares every step with the first one, on every benchmark that all have. */
export async function trainingCurves(
  checkpoints: readonly Checkpoint[],
  settings: CompareSettings,
): Promise<readonly BenchmarkCurve[]> {
  const steps = orderBySteps(checkpoints)
  const [first, ...later] = steps
  const shelf = new ResultShelf(settings)
  const benchmarks = await commonBenchmarks(checkpoints, settings.benchmarks)
  for (const benchmark of benchmarks) assertAllComparable(checkpoints, benchmark, settings.protocol)
  const rows = []
  for (const benchmark of benchmarks) {
    const pairs = []
    for (const { checkpoint } of later) {
      pairs.push(await comparePair(checkpoint, first!.checkpoint, benchmark, settings, shelf))
    }
    rows.push(pairs)
  }
  const family = adjustFamily(rows.flat())
  let next = 0
  return rows.map((pairs) => {
    const { benchmark, label, scale, isSample } = pairs[0]!
    const start: CurvePoint = { ...headOf(first!), value: pairs[0]!.comparison.b }
    const points = pairs.map(({ comparison }: { comparison: Comparison }, index): CurvePoint => {
      const member = family[next++]!
      return { ...headOf(later[index]!), value: comparison.a, ...member }
    })
    return { benchmark: benchmark.id, label, scale, isSample, points: [start, ...points] }
  })
}

function headOf({ checkpoint, step }: { checkpoint: Checkpoint; step: number | null }) {
  return { name: checkpoint.name, step }
}
