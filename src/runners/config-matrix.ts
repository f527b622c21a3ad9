import { type BenchmarkReference, loadSuite, parseBenchmarkReference } from '../benchmarks/registry.ts'
import { UsageError } from '../core/errors.ts'
import type { Sampling } from '../core/sampling.ts'
import { protocols } from '../core/verdict.ts'
import type { BenchConfig } from './config-schema.ts'
import { defaultEndpoint } from './default-endpoint.ts'
import { defaultRewardModel } from './reward-model-policy.ts'
import type { EndpointSpec, RunSpec } from './run-spec.ts'
import type { Shard } from './shard.ts'

/** What the command line gives a matrix beside its file. */
export interface MatrixOptions {
  readonly offline: boolean
  /** Only this part of every run. */
  readonly shard?: Shard | null
  readonly command: readonly string[]
}

/**
 * The runs of a configuration: one per checkpoint, seed and pair of judge and extractor, in the order of the file.
 * Benchmarks that other judges score go to a run of their own, because a run has one judge.
 * @throws UsageError `unknown-edition`, `two-editions`
 */
export async function expandMatrix(config: BenchConfig, options: MatrixOptions): Promise<readonly RunSpec[]> {
  const groups = groupByJudges(config, await references(config))
  return config.checkpoints.flatMap((checkpoint) =>
    (config.seeds ?? [null]).flatMap((seed) =>
      groups.map((group): RunSpec => {
        const { model, revision, base, tags, system } = checkpoint
        const own = endpointSpec(config, checkpoint.endpoint)
        return {
          model: { ...own, model: model ?? own.model, revision: revision ?? null },
          name: checkpoint.name,
          judge: group.judge === null ? null : endpointSpec(config, group.judge),
          extractor: group.extractor === null ? null : endpointSpec(config, group.extractor),
          references: group.references,
          sample: config.sample === true,
          limit: config.limit ?? null,
          shard: options.shard ?? null,
          answeredOnly: false,
          samples: config.samples ?? null,
          sampling: toSampling({ ...config.sampling, ...checkpoint.sampling }, seed),
          systemPrompt: system ?? null,
          bootstrapSeed: config.bootstrapSeed ?? 0,
          soft: config.soft ?? null,
          rewardModel: {
            spec: config.rewardModel ?? null,
            agreement: config.cascadeAgreement ?? defaultRewardModel.agreement,
            calibration: config.calibration ?? null,
          },
          protocols: config.protocols ?? protocols,
          isSandboxOff: false,
          out: null,
          resultsRoot: config.results ?? 'results',
          dataDir: config.dataDir ?? null,
          offline: options.offline,
          maxCost: config.maxCost ?? null,
          prices: config.prices ?? null,
          tags: { ...tags, ...(base === undefined ? {} : { base }), name: checkpoint.name },
          command: options.command,
        }
      }),
    ),
  )
}

interface JudgeGroup {
  readonly judge: string | null
  readonly extractor: string | null
  readonly references: BenchmarkReference[]
}

function groupByJudges(config: BenchConfig, all: readonly BenchmarkReference[]): readonly JudgeGroup[] {
  const groups = new Map<string, JudgeGroup>()
  for (const reference of all) {
    const { judges } = reference.benchmark
    const own = config.judges?.[reference.benchmark.id]
    // A benchmark that asks nobody may stand in any run: it goes with the judge of the file.
    const override = judges.length > 0 ? own : undefined
    const judge = (override?.judge === undefined ? config.judge : override.judge) ?? null
    const extractor = (override?.extractor === undefined ? config.extractor : override.extractor) ?? null
    // The judge extracts where nobody else is named.
    const key = JSON.stringify([judge, extractor ?? judge])
    const group = groups.get(key)
    if (group) group.references.push(reference)
    else groups.set(key, { judge, extractor, references: [reference] })
  }
  return [...groups.values()]
}

async function references({ suites, benchmarks }: BenchConfig): Promise<readonly BenchmarkReference[]> {
  const loaded = await Promise.all((suites ?? []).map(loadSuite))
  const fromSuites = loaded.flat().map((benchmark) => ({ benchmark, edition: benchmark.editions[0]! }))
  const named = await Promise.all((benchmarks ?? []).map(parseBenchmarkReference))
  const seen = new Map<string, BenchmarkReference>()
  for (const reference of named) {
    const known = seen.get(reference.benchmark.id)
    if (known && known.edition.id !== reference.edition.id) {
      throw new UsageError(
        'two-editions',
        `Expected one edition of ${reference.benchmark.id} in a matrix, got ${known.edition.id} and ${reference.edition.id}`,
        { hint: 'Editions do not compare: write a second file.' },
      )
    }
    seen.set(reference.benchmark.id, reference)
  }
  // A named edition stands for the default one of a suite.
  const ordered = [...fromSuites, ...named].map(({ benchmark }) => benchmark.id)
  const byDefault = new Map(fromSuites.map((reference) => [reference.benchmark.id, reference]))
  return [...new Set(ordered)].map((id) => seen.get(id) ?? byDefault.get(id)!)
}

function endpointSpec({ endpoints }: BenchConfig, name: string): EndpointSpec {
  const { model, ...given } = endpoints[name]!
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...defaultEndpoint(model), ...set, queue: name }
}

function toSampling(given: NonNullable<BenchConfig['sampling']>, seed: number | null): Sampling {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Sampling
  return seed === null ? set : { ...set, seed }
}
