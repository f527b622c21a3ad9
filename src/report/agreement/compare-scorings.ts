import { HeedError, UsageError } from '../../core/errors.ts'
import type { Protocol } from '../../core/verdict.ts'
import { planAgain } from '../../runners/plan-again.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { takeItems } from '../../runners/take-items.ts'
import { agreementOfValues, type PlacePair, pairPlaces, type ValueAgreement } from './agreement-of-values.ts'
import { readValues } from './read-values.ts'

/** How two scorings of one run agree on one benchmark, or on one kind of its constraints. */
export interface ScoringComparison extends ValueAgreement {
  readonly one: string
  readonly other: string
  readonly benchmark: string
  /** Null for all constraints of the benchmark. */
  readonly group: { readonly tag: string; readonly value: string } | null
}

export interface CompareScoringsOptions {
  readonly protocol: Protocol
  /** Tag of the constraints (or of their items) to break down by; null for none. */
  readonly by: string | null
  /** Where the data is, for tags. */
  readonly dataDir: string | null
  readonly warn: (message: string) => void
}

/**
 * Compares every two scorings of the same responses, benchmark by benchmark, over the constraints that they had decided
 * by different scorers.
 * @throws UsageError `one-scoring`, `other-responses`, `unknown-tag`
 */
export async function compareScorings(
  runs: readonly FinishedRun[],
  options: CompareScoringsOptions,
): Promise<readonly ScoringComparison[]> {
  assertSameResponses(runs)
  const values = await Promise.all(runs.map((run) => readValues(run, options.protocol)))
  const known = await readItems(runs[0]!, options)
  const clusterOf = (benchmark: string) => (item: string) => known.get(benchmark)?.clusters.get(item) ?? item
  const found: ScoringComparison[] = []
  values.forEach((first, index) => {
    for (const [at, second] of values.entries()) {
      if (at <= index) continue
      for (const { benchmark } of runs[index]!.scores.benchmarks) {
        const pairs = pairPlaces(first.get(benchmark) ?? new Map(), second.get(benchmark) ?? new Map())
        if (pairs.length === 0) continue
        const head = { one: runs[index]!.name, other: runs[at]!.name, benchmark }
        found.push({ ...head, group: null, ...agreementOfValues(pairs, clusterOf(benchmark)) })
        if (options.by === null) continue
        for (const [value, own] of groupPairs(pairs, known.get(benchmark)?.tags ?? new Map())) {
          const group = { tag: options.by, value }
          found.push({ ...head, group, ...agreementOfValues(own, clusterOf(benchmark)) })
        }
      }
    }
  })
  return found
}

function assertSameResponses(runs: readonly FinishedRun[]): void {
  const [first] = runs
  if (!first || runs.length < 2) {
    throw new UsageError('one-scoring', `Expected two scorings of the same responses, got ${runs.length}`, {
      hint: 'Judge the run again first: bench score <run> --judge <spec>',
    })
  }
  const stray = runs.find(({ folder }) => folder !== first.folder)
  if (!stray) return
  throw new UsageError(
    'other-responses',
    `Expected scorings of the responses in ${first.folder}, got one of ${stray.folder}`,
    {
      hint: 'Agreement is about the same responses: a run and its scorings. Two runs are compared by `bench compare`.',
    },
  )
}

/** What the data says of the items of one benchmark. */
interface KnownItems {
  /** Unit of resampling by item. */
  readonly clusters: ReadonlyMap<string, string>
  /** Values of the tag by item and constraint. A constraint without the tag has its item's. */
  readonly tags: ReadonlyMap<string, readonly string[]>
}

/** Reads the run's items. Without its data, and without a tag to look up, nothing is known: items stand for clusters. */
async function readItems(
  { manifest, scores }: FinishedRun,
  { by, dataDir, warn }: CompareScoringsOptions,
): Promise<ReadonlyMap<string, KnownItems>> {
  const found = new Map<string, KnownItems>()
  const names = new Set<string>()
  for (const { benchmark: id } of scores.benchmarks) {
    try {
      found.set(id, await readBenchmark(manifest, id, by, names, { dataDir, warn }))
    } catch (error) {
      if (by !== null || !HeedError.is(error)) throw error
      warn(`${id}: the data of the run is not there, so that intervals resample items instead of groups of items`)
    }
  }
  if (by === null || names.has(by)) return found
  throw new UsageError('unknown-tag', `Expected a tag of the constraints, got \`${by}\``, {
    hint: `Known here: ${[...names].sort().join(', ')}`,
  })
}

async function readBenchmark(
  manifest: FinishedRun['manifest'],
  id: string,
  by: string | null,
  names: Set<string>,
  options: Pick<CompareScoringsOptions, 'dataDir' | 'warn'>,
): Promise<KnownItems> {
  const [plan] = await planAgain(manifest, { ...options, benchmark: id })
  const { benchmark, source } = plan!
  const clusters = new Map<string, string>()
  const tags = new Map<string, readonly string[]>()
  for await (const item of takeItems(benchmark.load(source), plan!)) {
    clusters.set(item.id, item.cluster)
    for (const constraint of item.constraints) {
      const own = { ...item.tags, ...constraint.tags }
      for (const name of Object.keys(own)) names.add(name)
      if (by !== null) tags.set(placeOf(item.id, constraint.id), [own[by] ?? []].flat())
    }
  }
  return { clusters, tags }
}

function groupPairs(
  pairs: readonly PlacePair[],
  tags: ReadonlyMap<string, readonly string[]>,
): readonly (readonly [string, readonly PlacePair[]])[] {
  const groups = new Map<string, PlacePair[]>()
  for (const pair of pairs) {
    for (const value of tags.get(placeOf(pair[0].item, pair[0].constraint)) ?? []) {
      const group = groups.get(value)
      if (group) group.push(pair)
      else groups.set(value, [pair])
    }
  }
  return [...groups].sort(([, one], [, other]) => other.length - one.length)
}

function placeOf(item: string, constraint: string): string {
  return JSON.stringify([item, constraint])
}
