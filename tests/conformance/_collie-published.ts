import type { Metric } from '../../src/core/metric.ts'
import { collieStructures } from '../../src/data/pickle/collie-structures.ts'
import type { ConformanceReport } from './suite.ts'

interface PublishedCell {
  readonly satisfied: number
  readonly items: number
  readonly percent: number
  readonly published_percent: number
}

/** One run of `published_aggregates.json`. */
export interface PublishedRun {
  readonly subset: Readonly<Record<string, PublishedCell>>
  readonly structure: Readonly<Record<string, PublishedCell>>
  readonly overall: PublishedCell
  readonly macro_13_percent: number
  readonly macro_33_percent: number
  readonly unique_prompts: { readonly satisfied: number; readonly prompts: number; readonly percent: number }
}

const file = 'published_aggregates.json'

/** Compares the adapter's figures with the published ones: counts exactly, percent in full and as printed. */
export function comparePublished(
  report: ConformanceReport,
  run: string,
  published: PublishedRun,
  metrics: readonly Metric[],
): void {
  const find = (id: string, dimension?: string, value?: string): Metric | undefined =>
    metrics.find((metric) => {
      return metric.id === id && metric.group?.dimension === dimension && metric.group?.value === value
    })
  const cell = (name: string, expected: PublishedCell, metric: Metric | undefined): void => {
    const { satisfied, items, percent, published_percent } = expected
    const got = metric && figures(metric)
    const agrees =
      got?.satisfied === satisfied &&
      got.items === items &&
      isClose(got.percent, percent) &&
      got.percent.toFixed(1) === published_percent.toFixed(1)
    report.check(file, run, name, agrees, () => `expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`)
  }
  const mean = (name: string, expected: number, id: string): void => {
    const got = find(id)?.value ?? null
    const agrees = got !== null && isClose(got * 100, expected)
    report.check(file, run, name, agrees, () => `expected ${expected} %, got ${got === null ? got : got * 100} %`)
  }
  for (const [key, expected] of Object.entries(published.subset)) cell(key, expected, find('avg', 'subset', key))
  for (const [code, expected] of Object.entries(published.structure)) {
    const name = collieStructures.find((structure) => structure.code === code)!.name
    cell(code, expected, find('avg', 'structure', name))
  }
  cell('overall', published.overall, find('avg'))
  mean('macro over 13 structures', published.macro_13_percent, 'macro-structure')
  mean('macro over 33 subsets', published.macro_33_percent, 'macro-subset')
  mean('mean over prompts', published.unique_prompts.percent, 'prompt-mean')
  const prompts = find('prompt-mean')?.n
  report.check(file, run, 'prompts', prompts === published.unique_prompts.prompts, () => `got ${prompts} prompts`)
}

function figures({ value, n }: Metric): { satisfied: number; items: number; percent: number } {
  return { satisfied: Math.round((value ?? 0) * n), items: n, percent: (value ?? 0) * 100 }
}

function isClose(got: number, expected: number): boolean {
  return Math.abs(got - expected) < 1e-9
}
