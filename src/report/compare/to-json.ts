import type { BreakdownRow } from './breakdown.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { BenchmarkComparison, CheckpointComparison, CompareSettings } from './compare-checkpoints.ts'
import type { BenchmarkMatrix } from './matrix.ts'
import type { FlipReport } from './read-flips.ts'
import { differingVerdicts } from './render-flips.ts'

/** A breakdown of one benchmark. */
export interface BreakdownReport {
  readonly pair: BenchmarkComparison
  readonly dimension: string
  readonly rows: readonly BreakdownRow[]
}

/** The comparison as plain JSON: unrounded, in the benchmarks' own scales. */
export function comparisonJson(
  comparison: CheckpointComparison,
  breakdowns: readonly BreakdownReport[],
  flips: readonly FlipReport[],
): Record<string, unknown> {
  const { a, b, protocol, replicates, bootstrapSeed, notes } = comparison
  return {
    direction: 'A - B; A is the new checkpoint, B the base',
    a: checkpointJson(a),
    b: checkpointJson(b),
    protocol,
    replicates,
    bootstrapSeed,
    sample: comparison.benchmarks.some(({ isSample }) => isSample),
    benchmarks: comparison.benchmarks.map((pair) => ({
      ...pairJson(pair),
      breakdowns: breakdowns
        .filter((report) => report.pair === pair)
        .map(({ dimension, rows }) => ({ dimension, rows })),
      flips: flips.filter((report) => report.pair === pair).map(flipsJson)[0] ?? null,
    })),
    notes,
  }
}

/** One compared benchmark. */
export function pairJson(pair: BenchmarkComparison): Record<string, unknown> {
  const { benchmark, metric, label, scale, isSample, comparison, adjustedP, verdict, mark, a, b } = pair
  const { verdict: _alone, ...figures } = comparison
  return {
    benchmark: benchmark.id,
    metric,
    label,
    scale,
    sample: isSample,
    clusterUnit: benchmark.clusterUnit,
    ...figures,
    adjustedP,
    mark,
    verdict,
    seeds: { a: a.seeds, b: b.seeds },
  }
}

function checkpointJson({ name, runs }: Checkpoint): Record<string, unknown> {
  return { name, folders: runs.map(({ run }) => run.scoringFolder) }
}

function flipsJson({ list, shown }: FlipReport): Record<string, unknown> {
  return {
    ...list,
    shown: shown.map((flip) => {
      const { evidenceA, evidenceB, ...figures } = flip
      return {
        ...figures,
        prompt: evidenceA.prompt,
        responsesA: evidenceA.responses,
        responsesB: evidenceB.responses,
        verdicts: differingVerdicts(flip),
        judgeReplies: Object.fromEntries([...evidenceA.replies, ...evidenceB.replies]),
      }
    }),
  }
}

/** Matrices as plain JSON; pairs as a list, each with its direction. */
export function matricesJson(
  checkpoints: readonly Checkpoint[],
  matrices: readonly BenchmarkMatrix[],
  { protocol, replicates, bootstrapSeed }: CompareSettings,
): Record<string, unknown> {
  return {
    direction: 'a - b of every pair',
    checkpoints: checkpoints.map(checkpointJson),
    protocol,
    replicates,
    bootstrapSeed,
    benchmarks: matrices.map(({ benchmark, label, scale, isSample, values, pairs, ranking }) => ({
      benchmark: benchmark.id,
      label,
      scale,
      sample: isSample,
      values,
      ranking,
      pairs: pairs.flat().flatMap((pair) => {
        if (!pair) return []
        return [{ nameA: pair.a.name, nameB: pair.b.name, ...pairJson(pair) }]
      }),
    })),
  }
}
