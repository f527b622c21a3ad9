import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ComplexBenchData } from '../../../src/benchmarks/complexbench/item-data.ts'
import { scoreItem } from '../../../src/benchmarks/complexbench/scored-item.ts'
import type { Item } from '../../../src/core/item.ts'
import { readJsonl } from '../../../src/core/jsonl.ts'
import type { Metric } from '../../../src/core/metric.ts'
import type { Verdict } from '../../../src/core/verdict.ts'
import type { ConformanceFolders, ConformanceReport } from '../suite.ts'
import { goldenSample, loadItems } from './load-items.ts'
import { compare } from './rules.ts'
import { compareStatistics, figures, type RawVerdict, type Statistics, toRaw, toVerdict } from './statistics.ts'

interface StepRecord {
  readonly main_id: number
  readonly point_id: number
  readonly point_judge: RawVerdict
}

interface AggregationRow {
  readonly id: string
  readonly dataset: 'sample' | 'structure_big' | 'structure_small'
  readonly label: string
  readonly verdicts?: readonly (readonly RawVerdict[])[]
  readonly llm_records?: readonly StepRecord[]
  readonly rule_records?: readonly StepRecord[]
  readonly point_judges_rely?: readonly (readonly RawVerdict[])[]
  readonly statistics?: Statistics
  readonly error?: string
}

const name = 'aggregation.jsonl'

/** Dependencies and all figures, from raw verdicts. */
export async function aggregationRuns(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = report.file(folders, name)
  if (!file) return
  const datasets = new Map<string, Promise<Item<ComplexBenchData>[]>>()
  for await (const { value: row } of readJsonl<AggregationRow>(file)) {
    const path = row.dataset === 'sample' ? goldenSample(folders) : join(folders.golden, `${row.dataset}.json.gz`)
    if (!existsSync(path)) {
      report.skip(name, row.dataset, row.id, `${path} is not there (name its folder with --data)`)
      continue
    }
    if (!datasets.has(row.dataset)) datasets.set(row.dataset, loadItems(path))
    const items = await datasets.get(row.dataset)!
    const verdicts = verdictsOf(row, items)
    const metrics = figures(items, (item) => verdicts.get(item.id)!)
    if (row.point_judges_rely) {
      const rely = items.map((item) =>
        scoreItem({ item, sample: 0, status: 'ok', verdicts: verdicts.get(item.id)! }, 'official').questions.map(
          ({ point }) => point,
        ),
      )
      const expected = row.point_judges_rely.map((list) => list.map(toRaw))
      compare(report, name, 'point_judges_rely', row.id, expected, rely)
    }
    if (row.statistics) compareStatistics(report, name, row.id, row.statistics, metrics)
    if (row.error) compare(report, name, row.error, row.id, true, shows(row.error, metrics))
  }
}

/** How our figures show what ends the official program. */
function shows(error: string, metrics: readonly Metric[]): boolean {
  if (error === 'KeyError') return metrics.find(({ id }) => id === 'drfr')!.missing > 0
  return metrics.some(({ id, value }) => /^(?:single|multiple)-/.test(id) && value === null)
}

function verdictsOf(row: AggregationRow, items: readonly Item<ComplexBenchData>[]): Map<string, Verdict[]> {
  const raw = new Map<string, RawVerdict>()
  row.verdicts?.forEach((list, item) => {
    list.forEach((value, question) => {
      raw.set(`${item}/${question}`, value)
    })
  })
  for (const { main_id, point_id, point_judge } of [...(row.llm_records ?? []), ...(row.rule_records ?? [])]) {
    raw.set(`${main_id}/${point_id}`, point_judge)
  }
  return new Map(
    items.map(({ id, constraints }) => [
      id,
      constraints.flatMap((constraint) => {
        const value = raw.get(`${id}/${constraint.id}`)
        return value === undefined ? [] : [toVerdict(id, constraint.id, value)]
      }),
    ]),
  )
}
