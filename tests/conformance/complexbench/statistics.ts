import { createAggregator } from '../../../src/benchmarks/complexbench/aggregate.ts'
import type { ComplexBenchData } from '../../../src/benchmarks/complexbench/item-data.ts'
import type { Item } from '../../../src/core/item.ts'
import type { Metric } from '../../../src/core/metric.ts'
import type { Verdict } from '../../../src/core/verdict.ts'
import type { ConformanceReport } from '../suite.ts'
import { compare } from './rules.ts'

/** Upstream's statistics file. */
export type Statistics = Readonly<Record<string, number | Readonly<Record<string, number>>>>

/** Raw verdict of a question as it stands in upstream's files. */
export type RawVerdict = boolean | number | string | null

/** Figures of the adapter for given verdicts, as it gives them to the tables. */
export function figures(
  items: readonly Item<ComplexBenchData>[],
  verdicts: (item: Item<ComplexBenchData>) => readonly Verdict[],
): readonly Metric[] {
  const aggregator = createAggregator({ protocol: 'official', edition: 'zh' })
  for (const item of items) aggregator.add({ item, sample: 0, status: 'ok', verdicts: verdicts(item) })
  return aggregator.finish().metrics({ replicates: 10 })
}

const scalars: Readonly<Record<string, string>> = {
  overall_drfr: 'drfr',
  single_origin_test: 'single-origin',
  single_coherent_test: 'single-coherent',
  single_relative_drop: 'single-relative-drop',
  multiple_origin_test: 'multiple-origin',
  multiple_coherent_test: 'multiple-coherent',
  miltiple_relative_drop: 'multiple-relative-drop',
}
const tables: Readonly<Record<string, readonly string[]>> = {
  categorized_drfr: ['category'],
  categorized_avg_drfr: ['category-average'],
  task_types_drfr: ['task-type'],
  nested_methods_drfr: ['nested-method'],
  constraint_types_and_composition_types_acc: ['constraint-type', 'composition-type'],
  each_constraint_dimensions_and_composition_types_acc: ['constraint-dimension', 'composition-type'],
}
const orderedTables = new Set(['categorized_drfr', 'categorized_avg_drfr', 'task_types_drfr', 'nested_methods_drfr'])

/** Compares every number of a statistics file, and the keys of its tables. */
export function compareStatistics(
  report: ConformanceReport,
  file: string,
  id: string,
  expected: Statistics,
  metrics: readonly Metric[],
): void {
  for (const [key, value] of Object.entries(expected)) {
    if (typeof value === 'number') {
      const metric = metrics.find((candidate) => candidate.id === scalars[key] && !candidate.group)
      compare(report, file, key, id, value, metric?.value)
      continue
    }
    const found = metrics
      .filter(({ group }) => group && tables[key]!.includes(group.dimension))
      .map((metric) => [metric.group!.value, metric.value] as const)
    const isOrdered = orderedTables.has(key)
    compare(report, file, key, id, entries(Object.entries(value), isOrdered), entries(found, isOrdered))
  }
}

/** Order is compared only where a table is upstream's own: two of them join two of ours. */
function entries(pairs: readonly (readonly [string, number | null])[], isOrdered: boolean) {
  return isOrdered ? pairs : [...pairs].sort(([one], [other]) => (one < other ? -1 : 1))
}

/** A verdict that stands for a raw one of upstream's files; undefined stands for none at all. */
export function toVerdict(item: string, constraint: string, raw: RawVerdict): Verdict {
  // Any other text or number is, like 2, neither true nor false but counts where truth is asked for.
  const value = raw === null ? null : raw === true || raw === 1 ? 1 : raw === false || raw === 0 ? 0 : 2
  return { item, sample: 0, constraint, scorer: 'recorded', protocol: 'official', value, status: 'ok' }
}

/** The other way round, for comparing with `point_judges_rely`: see {@link toVerdict}. */
export function toRaw(value: RawVerdict): boolean | 2 | null {
  return value === null ? null : value === true || value === 1 ? true : value === false || value === 0 ? false : 2
}
