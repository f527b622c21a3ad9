import type { Benchmark, DataSource, Resources } from '../benchmarks/benchmark.ts'
import { DataError } from '../core/errors.ts'
import { hashFile } from './hash-file.ts'
import type { BenchmarkPlanHead } from './manifest.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'
import { takeItems } from './take-items.ts'

/** A benchmark of a run with the place its data is read from. */
export interface PlanRequest {
  readonly benchmark: Benchmark
  readonly source: DataSource
  readonly resources: Resources
  readonly limit: number | null
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
  for await (const item of benchmark.load(watched)) {
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
  const items = limit === null ? ids.size : await countTaken(request)
  return {
    plan: { ...request, items },
    head: { id: benchmark.id, edition: source.edition, isSample: source.isSample, dataHashes, limit },
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

async function countTaken({ benchmark, source, limit }: PlanRequest): Promise<number> {
  let taken = 0
  for await (const _ of takeItems(benchmark.load(source), limit)) taken += 1
  return taken
}
