import type { BesideFigure } from '../../benchmarks/benchmark.ts'
import type { Metric } from '../../core/metric.ts'
import type { Protocol } from '../../core/verdict.ts'
import { hasDecision, wasAsked } from '../describe-scorers.ts'
import { formatValue, unitOf } from '../format-value.ts'
import type { BenchmarkHead, ScoredRun } from './table-model.ts'

/**
 * Figures that a benchmark wants to be seen beside its headline, one line a figure with all runs in it.
 * @param shown metrics of the table's own columns, which are not said again
 */
export function besideNotes(
  runs: readonly ScoredRun[],
  benchmarks: readonly BenchmarkHead[],
  protocol: Protocol,
  shown: ReadonlySet<string>,
): readonly string[] {
  return benchmarks.flatMap(({ id, beside = [] }) =>
    beside
      .filter(({ metric }) => !shown.has(`${id} ${metric}`))
      .flatMap((figure) => {
        const found = runs.flatMap(({ name, scores }) => {
          const entry = scores.benchmarks.find(({ benchmark }) => benchmark === id)
          if (!entry || !(hasDecision(entry, protocol) || wasAsked(entry))) return []
          const own = (entry.metrics[protocol] ?? []).filter((metric) => metric.id === figure.metric)
          return own.length === 0 ? [] : [{ name, metrics: own }]
        })
        const [first] = found
        if (!first) return []
        const values = found.map(({ name, metrics }) => `${name} ${textOf(figure, metrics)}`)
        return [`${id}, ${headOf(figure, first.metrics)}: ${values.join('; ')}`]
      }),
  )
}

function headOf({ label, as }: BesideFigure, metrics: readonly Metric[]): string {
  if (as === 'counts') return [label, metrics.flatMap(({ group }) => group?.value ?? []).join(' / ')].join(' ').trim()
  const unit = unitOf(metrics[0]!.scale)
  return unit ? `${label} (${unit})` : label
}

function textOf({ as }: BesideFigure, metrics: readonly Metric[]): string {
  if (as === 'value') return formatValue(metrics[0]!.value, metrics[0]!.scale)
  return metrics.map(({ value, n }) => (value === null ? '–' : String(Math.round(value * n)))).join(' / ')
}
