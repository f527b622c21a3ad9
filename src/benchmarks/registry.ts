import { resolve } from 'node:path'
import { knownNamesHint } from '../core/did-you-mean.ts'
import { UsageError } from '../core/errors.ts'
import type { Benchmark, Edition } from './benchmark.ts'

/** Each benchmark's own data type is erased here: its items only ever go back to the benchmark that loaded them. */
type Load = () => Promise<Benchmark>

/** Every benchmark by id, in table order, loaded on demand. One line is all that shared code knows of it. */
const loaders: Readonly<Record<string, Load>> = {
  ifeval: async () => (await import('./ifeval/index.ts')).ifeval,
  cfbench: async () => (await import('./cfbench/index.ts')).cfbench,
  followbench: async () => (await import('./followbench/index.ts')).followbench,
  complexbench: async () => (await import('./complexbench/index.ts')).complexbench,
  writingbench: async () => (await import('./writingbench/index.ts')).writingbench,
  collie: async () => (await import('./collie/index.ts')).collie,
  agentif: async () => (await import('./agentif/index.ts')).agentif,
  multichallenge: async () => (await import('./multichallenge/index.ts')).multichallenge,
}

/** Suites: in-domain and out-of-domain in the sense of the paper, and both. */
export const suiteNames = ['id', 'ood', 'all'] as const
export type SuiteName = (typeof suiteNames)[number]

/** Ids of all benchmarks, in table order. */
export function benchmarkIds(): readonly string[] {
  return Object.keys(loaders)
}

/**
 * Loads one benchmark, or a user's own constraint set by its path.
 * @throws UsageError `unknown-benchmark` with the closest id
 */
export async function loadBenchmark(id: string): Promise<Benchmark> {
  if (isOwnSet(id)) return (await import('./constraint-set/index.ts')).constraintSet(id, resolve(id))
  const load = Object.hasOwn(loaders, id) ? loaders[id] : undefined
  if (!load) {
    throw new UsageError('unknown-benchmark', `Unknown benchmark \`${id}\``, {
      hint: knownNamesHint(id, benchmarkIds()),
    })
  }
  return load()
}

/** A path to a user's own constraint set rather than the id of a benchmark. */
function isOwnSet(id: string): boolean {
  return /\.jsonl(\.gz)?$/.test(id)
}

/** Loads the benchmarks of a suite, in table order. */
export async function loadSuite(suite: SuiteName): Promise<readonly Benchmark[]> {
  const all = await Promise.all(benchmarkIds().map(loadBenchmark))
  return suite === 'all' ? all : all.filter((benchmark) => benchmark.suite === suite)
}

/** A benchmark and one of its editions, as `--bench id:edition` names it. */
export interface BenchmarkReference {
  readonly benchmark: Benchmark
  readonly edition: Edition
}

/**
 * Reads `ifeval` (default edition), `followbench:zh`, or the path of an own constraint set (`./my-set.jsonl`).
 * @throws UsageError `unknown-benchmark`, `unknown-edition`
 */
export async function parseBenchmarkReference(reference: string): Promise<BenchmarkReference> {
  if (isOwnSet(reference)) {
    const benchmark = await loadBenchmark(resolve(reference))
    return { benchmark, edition: benchmark.editions[0]! }
  }
  const [id = '', editionId] = reference.split(':', 2)
  const benchmark = await loadBenchmark(id)
  if (editionId === undefined) return { benchmark, edition: benchmark.editions[0]! }
  const edition = benchmark.editions.find((candidate) => candidate.id === editionId)
  if (!edition) {
    const known = benchmark.editions.map((candidate) => `${id}:${candidate.id}`).join(', ')
    throw new UsageError('unknown-edition', `Unknown edition \`${editionId}\` of ${id}`, {
      hint: `Known editions: ${known}`,
    })
  }
  return { benchmark, edition }
}
