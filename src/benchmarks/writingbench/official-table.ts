import { DataError } from '../../core/errors.ts'
import { domains, type Requirement, requirements } from './schema.ts'
import type { Evaluation, ScoreRecord } from './score-file.ts'

/** What the table is made from besides the score files. */
export interface OfficialReference {
  /** Records of the benchmark file; a domain may be missing. */
  readonly benchmark: readonly {
    readonly index: number
    readonly domain1?: string | null
    readonly domain2?: string | null
  }[]
  readonly requirement: Readonly<
    Record<Requirement, { readonly r: readonly number[]; readonly c: ReadonlyMap<number, readonly string[]> }>
  >
}

/** Upstream's table: a row per score file; null is an empty cell. */
export interface OfficialTable {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
}

interface Summary {
  readonly model: string
  readonly overall: number
  readonly count: number
  readonly items: ReadonlyMap<unknown, ItemScores>
}

interface ItemScores {
  readonly mean: number
  readonly byCriterion: ReadonlyMap<string, number>
}

/**
 * Upstream's table (`calculate_scores.py` of X-PLUG/WritingBench at ae2d5176) over score files, in the given order. It
 * has three different means: Overall counts every evaluation of every line, a domain every item once (the last line of
 * an index), `_C` every criterion. Sums run from left to right.
 * @throws DataError where upstream's script dies: `empty-scores`, `not-a-score`, `unknown-name`, `blank-line`
 */
export function officialTable(
  files: ReadonlyMap<string, readonly (ScoreRecord | '')[]>,
  reference: OfficialReference,
): OfficialTable {
  if (files.size === 0) return { columns: [], rows: [] }
  const summaries = [...files].map(([model, records]) => summarise(model, records))
  const second = secondDomains(summaries, reference)
  const rows = summaries.map((summary) => {
    const row: Record<string, string | number | null> = {
      Model: summary.model,
      Overall: summary.overall,
      Count: summary.count,
    }
    for (const domain of domains) row[`Domain1_${domain}`] = domainMean(summary, reference, 'domain1', domain)
    for (const domain of second) row[`Domain2_${domain}`] = domainMean(summary, reference, 'domain2', domain)
    for (const requirement of requirements) addRequirement(row, requirement, summary, reference)
    return row
  })
  return { columns: Object.keys(rows[0]!), rows }
}

function summarise(model: string, records: readonly (ScoreRecord | '')[]): Summary {
  const items = new Map<unknown, ItemScores>()
  let total = 0
  let evaluations = 0
  for (const record of records) {
    if (record === '') throw new DataError('blank-line', `Expected a JSON record on every line of ${model}`)
    const byCriterion = new Map<string, number>()
    const all: number[] = []
    for (const [name, scores] of Object.entries(record.scores)) {
      const values = scores.map(({ score }) => toNumber(score, name))
      byCriterion.set(name, mean(values, `criterion ${name}`))
      all.push(...values)
    }
    items.set(record.index, { mean: mean(all, `item ${String(record.index)}`), byCriterion })
    for (const value of all) total += value
    evaluations += all.length
  }
  if (evaluations === 0) throw empty(`score file ${model}`)
  return { model, overall: total / evaluations, count: records.length, items }
}

function toNumber(score: Evaluation['score'], name: string): number {
  // parity: true adds 1 to a sum in Python; a text cannot be summed, whatever it looks like.
  if (typeof score === 'number' || typeof score === 'boolean') return Number(score)
  throw new DataError('not-a-score', `Expected a score for criterion ${name}, got ${JSON.stringify(score)}`)
}

function mean(values: readonly number[], of: string): number {
  if (values.length === 0) throw empty(of)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function empty(of: string): DataError {
  return new DataError('empty-scores', `Expected scores in ${of}, found none`)
}

function domainMean(
  { items }: Summary,
  { benchmark }: OfficialReference,
  level: 'domain1' | 'domain2',
  domain: string,
): number | null {
  const wanted = new Set(benchmark.filter((record) => record[level] === domain).map(({ index }) => index as unknown))
  const values = [...items].flatMap(([index, scores]) => (wanted.has(index) ? [scores.mean] : []))
  return values.length === 0 ? null : mean(values, domain)
}

/** Second-level domains with a score: by first-level domain, then by descending mean over the models, first seen first. */
function secondDomains(summaries: readonly Summary[], reference: OfficialReference): string[] {
  const byIndex = new Map<unknown, OfficialReference['benchmark'][number]>(
    reference.benchmark.map((record) => [record.index, record]),
  )
  const firstOf = new Map<string, string>()
  for (const { items } of summaries) {
    for (const index of items.keys()) {
      const { domain1, domain2 } = byIndex.get(index) ?? {}
      if (domain2 == null) continue
      if (!domains.some((domain) => domain === domain1)) {
        throw new DataError('unknown-name', `Expected one of the six domains for ${domain2}, got ${String(domain1)}`)
      }
      if (!firstOf.has(domain2)) firstOf.set(domain2, domain1!)
    }
  }
  const means = new Map(
    [...firstOf.keys()].map((domain) => {
      const values = summaries.flatMap((summary) => domainMean(summary, reference, 'domain2', domain) ?? [])
      return [domain, mean(values, domain)] as const
    }),
  )
  return domains.flatMap((first) =>
    [...firstOf.keys()]
      .filter((domain) => firstOf.get(domain) === first)
      .sort((one, other) => means.get(other)! - means.get(one)!),
  )
}

function addRequirement(
  row: Record<string, string | number | null>,
  requirement: Requirement,
  { items }: Summary,
  reference: OfficialReference,
): void {
  const { r, c } = reference.requirement[requirement]
  const all: number[] = []
  const tested: number[] = []
  for (const index of r) {
    const scores = items.get(index)
    if (!scores) continue
    all.push(scores.mean)
    const names = c.get(index)
    if (!names) throw new DataError('unknown-name', `Expected a ${requirement} record of item ${index}, found none`)
    for (const name of names) {
      const value = scores.byCriterion.get(name)
      if (value === undefined) throw new DataError('unknown-name', `Expected a score for ${name} of item ${index}`)
      tested.push(value)
    }
  }
  // parity: without a scored item upstream prints 0; the harness's own figures have no value then.
  row[`${requirement}_R`] = all.length === 0 ? 0 : mean(all, requirement)
  row[`${requirement}_C`] = tested.length === 0 ? 0 : mean(tested, requirement)
}
