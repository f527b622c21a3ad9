import { loadBenchmark } from '../benchmarks/registry.ts'
import { DataError } from '../core/errors.ts'
import type { Item } from '../core/item.ts'
import { openDataDirectory } from '../data/data-directory.ts'
import { dataLocation } from '../data/data-location.ts'
import { benchmarkFiles } from './data-source.ts'
import type { BenchmarkPlanHead, Manifest } from './manifest.ts'
import { checkPlan } from './plan.ts'
import { assertResumable } from './resume-gate.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'

export interface PlanAgainOptions {
  /** Data directory; null for the usual one. */
  readonly dataDir: string | null
  readonly warn: (message: string) => void
  /** Only this benchmark; all of the run when left out. */
  readonly benchmark?: string
}

/**
 * The plans of a run that is on disk, over the same data: every file must have the hash that the manifest names.
 * @throws DataError `unknown-edition`, UsageError `resume-differs` when the installed data is not the run's
 */
export async function planAgain(
  { identity }: Manifest,
  { dataDir, warn, benchmark: only }: PlanAgainOptions,
): Promise<BenchmarkPlan[]> {
  const directory = openDataDirectory(dataLocation({ flag: dataDir ?? undefined }), { warn })
  const plans: BenchmarkPlan[] = []
  for (const head of identity.benchmarks) {
    if (only !== undefined && head.id !== only) continue
    const benchmark = await loadBenchmark(head.id)
    const edition = benchmark.editions.find(({ id }) => id === head.edition)
    if (!edition)
      throw new DataError(
        'unknown-edition',
        `The run names edition ${head.edition} of ${head.id}, which this version does not know`,
      )
    const files = benchmarkFiles({ benchmark, edition }, head.isSample, directory)
    const checked = await checkPlan({
      benchmark,
      limit: head.limit,
      filter: onlyOf(head),
      shard: identity.shard,
      ...files,
    })
    assertResumable('the run folder', pinned(head), pinned(checked.head))
    plans.push(checked.plan)
  }
  return plans
}

/** Keeps the items that the run was about, where it covered a part of the benchmark only. */
function onlyOf({ only }: BenchmarkPlanHead): ((item: Item) => boolean) | undefined {
  if (!only) return undefined
  const ids = new Set(only)
  return ({ id }) => ids.has(id)
}

function pinned({ id, edition, dataHashes }: BenchmarkPlanHead) {
  return { id, edition, dataHashes }
}
