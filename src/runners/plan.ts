import type { Benchmark, DataSource, Resources } from '../benchmarks/benchmark.ts'
import { DataError } from '../core/errors.ts'
import type { Item } from '../core/item.ts'
import { hashFile } from './hash-file.ts'
import type { BenchmarkPlanHead } from './manifest.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'
import { type Shard, shardName } from './shard.ts'
import { takeItems } from './take-items.ts'

/** A benchmark of a run with the place its data is read from. */
export interface PlanRequest {
  readonly benchmark: Benchmark
  readonly source: DataSource
  readonly resources: Resources
  readonly limit: number | null
  /** Only items that pass; for responses that answer a part of the benchmark. */
  readonly filter?: ((item: Item) => boolean) | undefined
  /** Only the part of one machine. */
  readonly shard?: Shard | undefined
}

/** A plan and what the manifest says of it. */
export interface CheckedPlan {
  readonly plan: BenchmarkPlan
  readonly head: BenchmarkPlanHead
}

/**
 * Reads a benchmark's data once from end to end, before anything is spent: every record is validated, ids are unique,
 * the files are hashed and the items counted.
 * @throws DataError naming file, line and id of what is wrong; `item-count` when an edition is not complete
 */
export async function checkPlan(request: PlanRequest): Promise<CheckedPlan> {
  const { benchmark, source, limit } = request
  const files = new Map<string, string>()
  const watched: DataSource = {
    edition: source.edition,
    isSample: source.isSample,
    path: (file) => note(files, file, source.path(file)),
    optionalPath: (file) => {
      const path = source.optionalPath(file)
      return path === null ? null : note(files, file, path)
    },
  }
  const ids = new Set<string>()
  let needsPython = false
  for await (const item of benchmark.load(watched)) {
    needsPython ||= item.constraints.some(({ check }) => [check].flat().includes('python'))
    if (ids.has(item.id)) {
      throw new DataError('duplicate-item', `Expected every item id once, got ${JSON.stringify(item.id)} twice`, {
        location: { file: [...files.values()][0]! },
      })
    }
    ids.add(item.id)
  }
  assertComplete(benchmark, source, ids.size)
  const dataHashes: Record<string, string> = {}
  for (const [name, path] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) dataHashes[name] = await hashFile(path)
  const isWhole = limit === null && !request.filter && !request.shard
  const taken = isWhole ? [...ids] : await takenIds(request)
  return {
    plan: { ...request, items: taken.length, needsPython },
    head: {
      id: benchmark.id,
      edition: source.edition,
      isSample: source.isSample,
      dataHashes,
      limit,
      ...(request.filter ? { only: taken } : {}),
    },
  }
}

function note(files: Map<string, string>, name: string, path: string): string {
  files.set(name, path)
  return path
}

function assertComplete(benchmark: Benchmark, source: DataSource, found: number): void {
  if (found === 0) throw new DataError('no-items', `Expected items in ${benchmark.id}, found none`)
  const expected = source.isSample
    ? null
    : (benchmark.editions.find((edition) => edition.id === source.edition)?.items ?? null)
  if (expected !== null && found !== expected) {
    throw new DataError(
      'item-count',
      `Expected ${expected} items in ${benchmark.id}:${source.edition}, found ${found}`,
      {
        hint: `Check the data with: bench data verify ${benchmark.id}`,
      },
    )
  }
}

async function takenIds(request: PlanRequest): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of takeItems(request.benchmark.load(request.source), request)) ids.push(id)
  if (ids.length > 0) return ids
  if (request.shard) {
    throw new DataError(
      'empty-shard',
      `Expected items of ${request.benchmark.id} in shard ${shardName(request.shard)}, found none: it has fewer groups of items than shards`,
      { hint: 'Split the run into fewer shards, or raise --limit.' },
    )
  }
  throw new DataError(
    'no-answers',
    `Expected responses to items of ${request.benchmark.id}, found none that answer one`,
    {
      hint: 'A line needs the id of the item or its exact prompt, see `bench score --help`.',
    },
  )
}
