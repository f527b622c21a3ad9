import { type Command, Option } from 'commander'
import type { SoftPolicy } from '../benchmarks/benchmark.ts'
import {
  type BenchmarkReference,
  loadSuite,
  parseBenchmarkReference,
  type SuiteName,
  suiteNames,
} from '../benchmarks/registry.ts'
import { UsageError } from '../core/errors.ts'
import type { Sampling } from '../core/sampling.ts'
import { type Protocol, protocols } from '../core/verdict.ts'
import type { EndpointSpec, RunSpec } from '../runners/run-spec.ts'
import { integer, jsonObject, list, number, pair, repeat } from './option-parsers.ts'

/** Options that `run` and `score` share, as commander gives them. */
export interface SharedOptions {
  readonly bench?: string[]
  readonly judge?: string
  readonly extractor?: string
  readonly soft?: SoftPolicy
  readonly limit?: number
  readonly answered?: boolean
  readonly samples?: number
  readonly protocol: Protocol | 'both'
  readonly out?: string
  readonly results: string
  readonly dataDir?: string
  readonly sample?: boolean
  readonly offline?: boolean
  readonly maxCost?: number
  readonly prices?: string
  readonly concurrency: number
  readonly rpm?: number
  readonly tpm?: number
  readonly maxRetries: number
  readonly timeout: number
  readonly header?: Record<string, string>
  readonly apiKeyEnv?: string
  readonly name?: string
  readonly tag?: Record<string, string>
  readonly bootstrapSeed: number
  readonly codeSandbox: 'pyodide' | 'off'
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Options that only `run` has: how the model under test generates. */
export interface GenerationOptions {
  readonly suite?: SuiteName
  readonly model?: string[]
  readonly revision?: string
  readonly temperature?: number
  readonly topP?: number
  readonly maxTokens?: number
  readonly seed?: number
  readonly stop?: string[]
  readonly system?: string
  readonly extraBody?: Record<string, unknown>
  readonly dryRun?: boolean
}

/** Adds the options that `run` and `score` share. */
export function addSharedOptions(command: Command): Command {
  return command
    .option('--bench <id[:edition]...>', 'benchmarks, for example ifeval or followbench:zh', list)
    .option('--judge <spec>', 'model spec of the judge; benchmarks that need one are not judged without it')
    .option('--extractor <spec>', 'model spec of the extractor, where a protocol has one (default: the judge)')
    .addOption(new Option('--soft <policy>', 'who scores soft constraints').choices(['judge', 'rm', 'cascade']))
    .addOption(
      new Option('--code-sandbox <kind>', 'where code checks of a benchmark run')
        .choices(['pyodide', 'off'])
        .default('pyodide'),
    )
    .option('--limit <n>', 'only the first n items of each benchmark; groups of levels are never torn', integer(1))
    .addOption(
      new Option('--protocol <protocol>', 'which scores to compute').choices([...protocols, 'both']).default('both'),
    )
    .option('--out <folder>', 'run folder; the same folder resumes the run')
    .option('--results <folder>', 'where run folders are made when --out is not given', 'results')
    .option('--data-dir <folder>', 'installed data (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--sample', 'use the embedded sample of invented items instead of the real data')
    .option('--offline', 'make no new call: score what is in the call log')
    .option('--max-cost <usd>', 'stop before more than this is spent; the run can be resumed', number(0))
    .option('--prices <file>', 'JSON file with prices that override the built-in table')
    .option('--concurrency <n>', 'most requests under way at once, per endpoint', integer(1), 32)
    .option('--rpm <n>', 'most requests per minute, per endpoint', number(0))
    .option('--tpm <n>', 'most tokens per minute, per endpoint', number(0))
    .option('--max-retries <n>', 'further tries after server errors, network errors and time-outs', integer(0), 8)
    .option('--timeout <seconds>', 'longest wait for one reply', number(0.001), 600)
    .option(
      '--header <name:value>',
      'extra request header; ${NAME} is read from the environment (repeatable)',
      pair(':'),
    )
    .option('--api-key-env <name>', 'environment variable that holds the key of the model under test')
    .option('--name <text>', 'name of the checkpoint in tables')
    .option('--tag <name=value>', 'note in the manifest, for ablation tables (repeatable)', pair('='))
    .option('--bootstrap-seed <n>', 'seed of the resampling behind intervals', integer(0), 0)
    .option('--json', 'print the scores as JSON')
    .option('--quiet', 'no progress on stderr')
}

/** Adds the options of generation. */
export function addGenerationOptions(command: Command): Command {
  return command
    .addOption(new Option('--suite <suite>', 'id (in-domain), ood (out-of-domain) or all').choices([...suiteNames]))
    .option('--model <spec>', 'model under test (repeatable); see `bench list` for the forms', repeat)
    .option('--revision <text>', 'revision of the weights, for the record')
    .option('--samples <n>', 'responses per item', integer(1))
    .option('--temperature <t>', "default: the benchmark's protocol", number(0, 5))
    .option('--top-p <p>', 'nucleus sampling', number(0, 1))
    .option('--max-tokens <n>', "default: the benchmark's protocol", integer(1))
    .option('--seed <n>', 'sampling seed sent to the endpoint; sample i gets seed + i', integer(0))
    .option('--stop <text>', 'stop string (repeatable)', repeat)
    .option('--system <text>', 'system prompt before every conversation')
    .option('--extra-body <json>', 'further fields of the request body, for example chat_template_kwargs', jsonObject)
    .option('--dry-run', 'print calls, tokens and cost, and spend nothing')
}

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

/** An endpoint with nothing set but its model spec. */
export function defaultEndpoint(model: string): EndpointSpec {
  return {
    model,
    headers: {},
    apiKeyEnv: null,
    revision: null,
    concurrency: 32,
    requestsPerMinute: null,
    tokensPerMinute: null,
    maxRetries: 8,
    timeoutSeconds: 600,
  }
}

/** A run specification from parsed options. */
export function toRunSpec(
  model: string,
  references: readonly BenchmarkReference[],
  options: SharedOptions & GenerationOptions,
): RunSpec {
  const endpoint = (spec: string): EndpointSpec => ({
    ...defaultEndpoint(spec),
    concurrency: options.concurrency,
    requestsPerMinute: options.rpm ?? null,
    tokensPerMinute: options.tpm ?? null,
    maxRetries: options.maxRetries,
    timeoutSeconds: options.timeout,
  })
  return {
    model: {
      ...endpoint(model),
      headers: options.header ?? {},
      apiKeyEnv: options.apiKeyEnv ?? null,
      revision: options.revision ?? null,
    },
    name: options.name ?? null,
    judge: options.judge === undefined ? null : endpoint(options.judge),
    extractor: options.extractor === undefined ? null : endpoint(options.extractor),
    references,
    sample: options.sample === true,
    limit: options.limit ?? null,
    answeredOnly: options.answered === true,
    samples: options.samples ?? null,
    sampling: toSampling(options),
    systemPrompt: options.system ?? null,
    bootstrapSeed: options.bootstrapSeed,
    soft: options.soft ?? 'judge',
    isSandboxOff: options.codeSandbox === 'off',
    protocols: options.protocol === 'both' ? protocols : [options.protocol],
    out: options.out ?? null,
    resultsRoot: options.results,
    dataDir: options.dataDir ?? null,
    offline: options.offline === true,
    maxCost: options.maxCost ?? null,
    prices: options.prices ?? null,
    tags: { ...options.tag, ...(options.name === undefined ? {} : { name: options.name }) },
    command: ['bench', ...process.argv.slice(2)],
  }
}

function toSampling(options: GenerationOptions): Sampling {
  const { temperature, topP, maxTokens, seed, stop, extraBody } = options
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined ? {} : { stop }),
    ...(extraBody === undefined ? {} : { extraBody }),
  }
}
