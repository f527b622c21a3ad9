import { UsageError } from '../../core/errors.ts'
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
  const tags = options.by === null ? null : await readTags(runs[0]!, options.by, options)
  const found: ScoringComparison[] = []
  values.forEach((first, index) => {
    for (const [at, second] of values.entries()) {
      if (at <= index) continue
      for (const { benchmark } of runs[index]!.scores.benchmarks) {
        const pairs = pairPlaces(first.get(benchmark) ?? new Map(), second.get(benchmark) ?? new Map())
        if (pairs.length === 0) continue
        const head = { one: runs[index]!.name, other: runs[at]!.name, benchmark }
        found.push({ ...head, group: null, ...agreementOfValues(pairs) })
        if (tags === null) continue
        for (const [value, own] of groupPairs(pairs, tags.get(benchmark) ?? new Map())) {
          found.push({ ...head, group: { tag: options.by!, value }, ...agreementOfValues(own) })
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

/** Values of one tag by benchmark, then by item and constraint. A constraint without the tag has its item's. */
type TagValues = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

async function readTags(
  { manifest, scores }: FinishedRun,
  tag: string,
  { dataDir, warn }: CompareScoringsOptions,
): Promise<TagValues> {
  const found = new Map<string, Map<string, readonly string[]>>()
  const known = new Set<string>()
  for (const { benchmark: id } of scores.benchmarks) {
    const [plan] = await planAgain(manifest, { dataDir, warn, benchmark: id })
    const { benchmark, source } = plan!
    const values = new Map<string, readonly string[]>()
    for await (const item of takeItems(benchmark.load(source), plan!)) {
      for (const constraint of item.constraints) {
        const tags = { ...item.tags, ...constraint.tags }
        for (const name of Object.keys(tags)) known.add(name)
        values.set(placeOf(item.id, constraint.id), [tags[tag] ?? []].flat())
      }
    }
    found.set(id, values)
  }
  if (known.has(tag)) return found
  throw new UsageError('unknown-tag', `Expected a tag of the constraints, got \`${tag}\``, {
    hint: `Known here: ${[...known].sort().join(', ')}`,
  })
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
