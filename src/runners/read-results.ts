import { join } from 'node:path'
import type { Aggregator, Benchmark, ItemHead, ItemResult } from '../benchmarks/benchmark.ts'
import { DataError } from '../core/errors.ts'
import type { Protocol } from '../core/verdict.ts'
import type { MetricTable } from '../stats/metric-table.ts'
import { planAgain } from './plan-again.ts'
import type { CallFacts } from './read-call-facts.ts'
import { readRecords } from './read-records.ts'
import type { FinishedRun } from './read-run.ts'
import { runFiles } from './run-folder.ts'
import { takeItems } from './take-items.ts'
import type { VerdictRecord } from './verdict-file.ts'

/** One item as one run did it: its headline figure alone, over all samples. */
export interface ItemValue {
  readonly item: string
  readonly cluster: string
  /** Number of constraints that the item has. */
  readonly constraints: number
  /** The figure on this item alone, in its own scale; null where it has none. */
  readonly value: number | null
}

/** One benchmark of a run, its figures ready to be resampled. */
export interface BenchmarkResults {
  readonly benchmark: Benchmark
  readonly table: MetricTable
  /** In the order of the data. */
  readonly items: readonly ItemValue[]
}

export interface ReadResultsOptions {
  readonly protocol: Protocol
  readonly dataDir: string | null
  readonly warn: (message: string) => void
}

/**
 * Rebuilds the figures of one benchmark from the verdicts of a run, in the order of its items, as the run itself did.
 * @param metric the figure of {@link ItemValue}
 * @throws DataError `stale-verdicts` when the verdicts are not those of the data; what `planAgain` throws
 */
export async function readResults(
  run: FinishedRun,
  facts: CallFacts,
  id: string,
  metric: string,
  { protocol, dataDir, warn }: ReadResultsOptions,
): Promise<BenchmarkResults> {
  const [plan] = await planAgain(run.manifest, { dataDir, warn, benchmark: id })
  const { benchmark, source } = plan!
  const options = { protocol, edition: source.edition }
  const aggregator = benchmark.aggregate(options)
  const values: ItemValue[] = []
  const groups = new VerdictGroups(join(run.scoringFolder, runFiles.verdicts), id, protocol)
  for await (const { id: item, cluster, tags, constraints, language } of takeItems(benchmark.load(source), plan!)) {
    const itemHead: ItemHead = { id: item, cluster, tags, constraints, ...(language === undefined ? {} : { language }) }
    const alone = benchmark.aggregate(options)
    for (let sample = 0; sample < run.manifest.identity.samples; sample++) {
      const verdicts = await groups.take(item, sample)
      const result: ItemResult = { item: itemHead, sample, status: facts.status(id, item, sample), verdicts }
      aggregator.add(result)
      alone.add(result)
    }
    values.push({ item, cluster, constraints: constraints.length, value: headlineOf(alone, metric) })
  }
  await groups.assertEmpty()
  return { benchmark, table: aggregator.finish(), items: values }
}

function headlineOf(aggregator: Aggregator, metric: string): number | null {
  const figure = aggregator.finish().resampler({ id: metric })
  return figure?.evaluate(figure.clusters.map((_cluster, index) => index)) ?? null
}

/** The verdicts of one benchmark and protocol, response by response, in the order in which they were written. */
class VerdictGroups {
  readonly #file: string
  readonly #records: AsyncGenerator<VerdictRecord>
  #next: VerdictRecord | null = null

  constructor(file: string, benchmark: string, protocol: Protocol) {
    this.#file = file
    const start = `{"benchmark":${JSON.stringify(benchmark)},`
    this.#records = ofProtocol(
      readRecords<VerdictRecord>(file, (line) => line.startsWith(start)),
      protocol,
    )
  }

  /** Verdicts of one response; empty when the response has none. */
  async take(item: string, sample: number): Promise<readonly VerdictRecord[]> {
    const found: VerdictRecord[] = []
    for (let record = await this.#peek(); record; record = await this.#peek()) {
      if (record.item !== item || record.sample !== sample) break
      found.push(record)
      this.#next = null
    }
    return found
  }

  async assertEmpty(): Promise<void> {
    const left = await this.#peek()
    if (!left) return
    throw new DataError('stale-verdicts', 'Expected verdicts in the order of the data, found one out of place', {
      location: { file: this.#file, id: left.item },
      hint: 'Verdicts follow from the call log: run the command of the run again with --offline.',
    })
  }

  async #peek(): Promise<VerdictRecord | null> {
    if (this.#next) return this.#next
    const { value, done } = await this.#records.next()
    this.#next = done ? null : value
    return this.#next
  }
}

async function* ofProtocol(
  records: AsyncGenerator<VerdictRecord>,
  protocol: Protocol,
): AsyncGenerator<VerdictRecord, undefined> {
  for await (const record of records) if (record.protocol === protocol) yield record
}
