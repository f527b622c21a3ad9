import Table from 'cli-table3'
import { printableLine } from '../../core/printable.ts'
import { fewestClusters } from '../../stats/compare.ts'
import { formatDifference, formatDifferenceInterval, formatP } from '../format-difference.ts'
import { formatValue, unitOf } from '../format-value.ts'
import type { BenchmarkComparison, CheckpointComparison } from './compare-checkpoints.ts'

/** Terminals narrower than this get one block a benchmark instead of a table. */
const tableWidth = 118

/** A comparison for a terminal: what is compared, the figures, how they were tested, what to know. */
export function renderComparison(comparison: CheckpointComparison, width: number): string {
  const { a, b } = comparison
  const body =
    width >= tableWidth ? renderWide(comparison) : comparison.benchmarks.map((pair) => renderBlock(pair)).join('\n')
  return [
    `A (new)  ${nameOf(a)}`,
    `B (base) ${nameOf(b)}`,
    `Differences are A - B, on the same items. Protocol ${comparison.protocol}.${sampleWarning(comparison)}`,
    body,
    ...methodNotes(comparison),
    ...comparison.benchmarks.flatMap(pairNotes),
    ...comparison.notes.map((note) => printableLine(note, 400)),
    '',
  ].join('\n')
}

function nameOf({ name, runs }: CheckpointComparison['a']): string {
  return `${printableLine(name, 80)}${runs.length > 1 ? ` (${runs.length} seeds)` : ''}`
}

function sampleWarning({ benchmarks }: CheckpointComparison): string {
  const samples = benchmarks.filter(({ isSample }) => isSample).length
  if (samples === 0) return ''
  return samples === benchmarks.length ? ' SAMPLE: invented items.' : ' PARTLY SAMPLE: some items are invented.'
}

function renderWide(comparison: CheckpointComparison): string {
  const table = new Table({
    head: ['', 'A', 'B', 'A - B', '95 % interval', 'p', 'p (Holm)', 'effect', 'detectable', 'verdict'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  for (const pair of comparison.benchmarks) table.push([titleOf(pair), ...cellsOf(pair)])
  return table.toString()
}

function renderBlock(pair: BenchmarkComparison): string {
  const [a, b, difference, interval, p, adjusted, effect, detectable, verdict] = cellsOf(pair)
  return [
    `${titleOf(pair)}: ${verdict!.toUpperCase()}`,
    `  A ${a}   B ${b}   A - B ${difference}   95 % ${interval}`,
    `  p ${p}, Holm ${adjusted}; effect ${effect}; detectable ${detectable}`,
  ].join('\n')
}

function titleOf({ benchmark, label, scale }: BenchmarkComparison): string {
  const unit = unitOf(scale)
  return `${benchmark.id} ${label}${unit ? ` ${unit}` : ''}`
}

function cellsOf({ comparison, adjustedP, verdict, mark, scale }: BenchmarkComparison): string[] {
  const { effect, detectable, interval, p, test, bootstrap } = comparison
  const least = test === 'cluster-bootstrap' ? 1 / (bootstrap.replicates + 1) : 0
  return [
    formatValue(comparison.a, scale),
    formatValue(comparison.b, scale),
    `${formatDifference(comparison.difference, scale)}${mark}`,
    formatDifferenceInterval(interval, scale),
    formatP(p, least),
    formatP(adjustedP),
    effect ? `${effect.name.replace("Cohen's ", '')} ${effect.value.toFixed(2)}` : '–',
    detectable === null ? '–' : formatValue(detectable, scale),
    verdict,
  ]
}

const testNames = {
  'cluster-bootstrap': 'paired cluster bootstrap',
  'mcnemar-exact': 'exact McNemar test',
  'wilcoxon-exact': 'exact Wilcoxon signed rank test',
} as const

function methodNotes({ benchmarks, replicates, bootstrapSeed }: CheckpointComparison): string[] {
  const family = benchmarks.filter(({ adjustedP }) => adjustedP !== null).length
  return [
    `Intervals: paired cluster bootstrap, ${replicates} resamples, seed ${bootstrapSeed}. p adjusted by Holm over ${family} benchmark${family === 1 ? '' : 's'}: * < 0.05, ** < 0.01, *** < 0.001, † below 0.05 only before the adjustment. "detectable": the difference that this comparison finds four times out of five.`,
  ]
}

function pairNotes({ benchmark, comparison, a, b, scale }: BenchmarkComparison): string[] {
  const { test, why, clusters, leftOut, disagreements, n } = comparison
  const apart = disagreements ? `; ${disagreements.onlyA} only A, ${disagreements.onlyB} only B, of ${n}` : ''
  const few = clusters < fewestClusters ? `; fewer than ${fewestClusters} ${benchmark.clusterUnit}s show nothing` : ''
  const lines = [
    `${benchmark.id}: ${testNames[test]} (${why}); ${clusters} clusters (${benchmark.clusterUnit})${apart}${few}`,
  ]
  const dropped = [...leftOut.onlyA, ...leftOut.onlyB]
  if (dropped.length > 0) {
    lines.push(
      `${benchmark.id}: ${dropped.length} clusters that only one side has a value for are left out on both: ${printableLine(dropped.join(', '), 200)}`,
    )
  }
  for (const side of [a, b]) {
    if (!side.seeds) continue
    const { summary } = side.seeds
    const spread =
      summary.seedMeans.length === 2
        ? `${formatValue(summary.least, scale)} and ${formatValue(summary.greatest, scale)}`
        : `${formatValue(summary.mean, scale)} ± ${formatValue(summary.deviationOverSeeds, scale)}`
    lines.push(
      `${benchmark.id}: ${printableLine(side.name, 60)} over ${summary.seedMeans.length} seeds: ${spread} (noise of seeds alone)`,
    )
  }
  return lines
}
