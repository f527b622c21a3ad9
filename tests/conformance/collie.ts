import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { DataSource, Resources, Scorer, ScoringContext } from '../../src/benchmarks/benchmark.ts'
import { collie } from '../../src/benchmarks/collie/index.ts'
import type { CollieData } from '../../src/benchmarks/collie/schema.ts'
import { checkConstraint, extract } from '../../src/checkers/collie/evaluate.ts'
import { parseConstraint } from '../../src/checkers/collie/parse.ts'
import { TextUnits } from '../../src/checkers/collie/text-units.ts'
import { createTokenizers, type Tokenizers } from '../../src/checkers/collie/tokenizers.ts'
import { isList, type Value } from '../../src/checkers/collie/value.ts'
import type { Item } from '../../src/core/item.ts'
import { readJsonl } from '../../src/core/jsonl.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { parsePunktParameters } from '../../src/text/punkt-parameters.ts'
import { comparePublished, type PublishedRun } from './_collie-published.ts'
import type { ConformanceFolders, ConformanceReport, ConformanceSuite } from './suite.ts'

interface VerdictRow {
  readonly id: string
  readonly item: string
  readonly structure: string
  readonly response: string
  readonly verdict: boolean
  readonly sub: readonly boolean[]
  readonly extracted: readonly unknown[]
}

interface GrammarRow {
  readonly id: string
  readonly group: string
  readonly constraint: unknown
  readonly text: string
  readonly target: Value
  readonly result: boolean | null | { readonly error: string }
}

interface RunRow {
  readonly run: string
  readonly id: string
  readonly verdict: boolean
  readonly sub: readonly boolean[]
}

interface Fixture {
  readonly items: ReadonlyMap<string, Item<CollieData>>
  readonly scorer: Scorer<CollieData>
  readonly tokenizers: Tokenizers
}

/** Rule-scored benchmarks ask nothing of the run. */
const context = {} as ScoringContext

export const suite: ConformanceSuite = {
  name: 'collie',
  async run(folders, report) {
    const fixture = await prepare(folders)
    await replayGrammar(folders, report, fixture)
    for (const name of ['model_outputs.jsonl', 'adversarial.jsonl'])
      await replayVerdicts(folders, report, fixture, name)
    await replayRuns(folders, report, fixture)
  },
}

export default suite

async function prepare({ data }: ConformanceFolders): Promise<Fixture> {
  const source: DataSource = {
    edition: 'v1',
    isSample: false,
    path: (file) => join(data, 'collie', file),
    optionalPath: () => null,
  }
  const resources: Resources = {
    asset: (dataset, file) => join(data, dataset, file),
    edition: 'v1',
    isSample: false,
  }
  const items = new Map<string, Item<CollieData>>()
  for await (const item of collie.load(source)) items.set(item.id, item as Item<CollieData>)
  const punkt = join(data, 'punkt/english.json')
  const tokenizers = createTokenizers(parsePunktParameters(await readFile(punkt, 'utf8'), punkt))
  return { items, scorer: await collie.prepare(resources), tokenizers }
}

async function replayGrammar(folders: ConformanceFolders, report: ConformanceReport, { tokenizers }: Fixture) {
  const file = report.file(folders, 'grammar.jsonl')
  if (!file) return
  for await (const { value: row } of readJsonl<GrammarRow>(file)) {
    const constraint = parseConstraint(row.constraint, { lenient: true })
    const outcome = checkConstraint(constraint, new TextUnits(row.text, tokenizers), row.target)
    const got = JSON.stringify(outcome.kind === 'value' ? outcome.value : { error: outcome.error })
    const expected = JSON.stringify(row.result)
    report.check('grammar.jsonl', row.group, row.id, got === expected, () => `expected ${expected}, got ${got}`)
  }
}

async function replayVerdicts(
  folders: ConformanceFolders,
  report: ConformanceReport,
  { items, scorer, tokenizers }: Fixture,
  name: string,
) {
  const file = report.file(folders, name)
  if (!file) return
  for await (const { value: row } of readJsonl<VerdictRow>(file)) {
    const item = items.get(row.item)!
    const { status, sub } = outcomeOf(await score(scorer, item, row.response))
    report.check(name, row.structure, row.id, status === row.verdict && sub === show(row.sub), () => {
      return `expected ${row.verdict} ${show(row.sub)}, got ${status} ${sub}`
    })
    const units = new TextUnits(row.response, tokenizers)
    const extracted = item.data.parts.map(({ constraint }, index) => {
      const value = extract(constraint, units)
      const expected = row.extracted[index]
      const isSize = typeof expected === 'object' && expected !== null && 'units' in expected
      return isSize && isList(value) ? { units: value.length } : value
    })
    const [got, expected] = [JSON.stringify(extracted), JSON.stringify(row.extracted)]
    report.check(name, `${row.structure} extracted`, row.id, got === expected, () => {
      return `expected ${expected.slice(0, 200)}, got ${got.slice(0, 200)}`
    })
  }
}

async function replayRuns(folders: ConformanceFolders, report: ConformanceReport, { items, scorer }: Fixture) {
  const runs = new Map<string, ReadonlyMap<string, string>>()
  const verdicts = new Map<string, readonly Verdict[]>()
  const responseOf = async (run: string, item: Item<CollieData>): Promise<string> => {
    let responses = runs.get(run)
    if (!responses) {
      responses = await readRun(folders, run)
      runs.set(run, responses)
    }
    return responses.get(item.messages[0]!.content)!
  }
  const verdictsOf = async (run: string, item: Item<CollieData>): Promise<readonly Verdict[]> => {
    const key = `${run} ${item.id}`
    const known = verdicts.get(key)
    if (known) return known
    const made = await score(scorer, item, await responseOf(run, item))
    verdicts.set(key, made)
    return made
  }
  const file = report.file(folders, 'published_runs.jsonl')
  for await (const { value: row } of file ? readJsonl<RunRow>(file) : []) {
    const item = items.get(row.id)!
    const { status, sub } = outcomeOf(await verdictsOf(row.run, item))
    const group = `${row.run} ${String(item.tags.structure)}`
    report.check('published_runs.jsonl', group, row.id, status === row.verdict && sub === show(row.sub), () => {
      return `expected ${row.verdict} ${show(row.sub)}, got ${status} ${sub}`
    })
  }
  const aggregates = report.file(folders, 'published_aggregates.json')
  if (!aggregates) return
  const published = JSON.parse(await readFile(aggregates, 'utf8')) as Record<string, PublishedRun>
  for (const [run, expected] of Object.entries(published)) {
    const aggregator = collie.aggregate({ protocol: 'official', edition: 'v1' })
    for (const item of items.values()) {
      aggregator.add({ item, sample: 0, status: 'ok', verdicts: await verdictsOf(run, item) })
    }
    comparePublished(report, run, expected, aggregator.finish().metrics({ replicates: 1 }))
  }
}

async function readRun({ data }: ConformanceFolders, run: string): Promise<ReadonlyMap<string, string>> {
  const file = join(data, 'collie/logs', `${run}-1trial-no0-prompt.json.gz`)
  const log = JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as Record<'prompts' | 'texts', string[]>
  return new Map(log.prompts.map((prompt, index) => [prompt, log.texts[index]!]))
}

function score(scorer: Scorer<CollieData>, item: Item<CollieData>, text: string): Promise<readonly Verdict[]> {
  const response = { sample: 0, status: 'ok', text, reasoning: null, finishReason: null } as const
  return scorer.score(item, response, context, ['official'])
}

function outcomeOf(verdicts: readonly Verdict[]): { readonly status: boolean; readonly sub: string } {
  return { status: verdicts.every(({ value }) => value === 1), sub: show(verdicts.map(({ value }) => value === 1)) }
}

function show(sub: readonly boolean[]): string {
  return sub.join(' ')
}
