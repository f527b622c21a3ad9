import { type BenchmarkReference, loadSuite, parseBenchmarkReference, type SuiteName } from '../benchmarks/registry.ts'
import { UsageError } from '../core/errors.ts'

/**
 * Benchmarks that the options name.
 * @throws UsageError for unknown names, and when nothing is named
 */
export async function resolveReferences(
  suite: SuiteName | undefined,
  bench: readonly string[] | undefined,
): Promise<BenchmarkReference[]> {
  const fromSuite = suite
    ? (await loadSuite(suite)).map((benchmark) => ({ benchmark, edition: benchmark.editions[0]! }))
    : []
  const named = await Promise.all((bench ?? []).map(parseBenchmarkReference))
  const references = [...fromSuite, ...named]
  if (references.length === 0) {
    throw new UsageError('no-benchmark', 'Expected --suite or --bench, got neither', {
      hint: 'For example: bench run --suite ood, or bench run --bench ifeval',
    })
  }
  const seen = new Map(references.map((reference) => [`${reference.benchmark.id}:${reference.edition.id}`, reference]))
  const ids = [...seen.values()].map(({ benchmark }) => benchmark.id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice) {
    throw new UsageError('two-editions', `Expected one edition of ${twice} per run, got two`, {
      hint: 'Editions do not compare: run them into two folders.',
    })
  }
  return [...seen.values()]
}
