import { type Command, Option } from 'commander'
import type { SoftPolicy } from '../benchmarks/benchmark.ts'
import { type SuiteName, suiteNames } from '../benchmarks/registry.ts'
import { type Protocol, protocols } from '../core/verdict.ts'
import { type ThinkingMode, thinkingModes } from '../models/split-thinking.ts'
import type { Shard } from '../runners/shard.ts'
import { integer, jsonObject, list, number, pair, repeat, shard } from './option-parsers.ts'

export { defaultEndpoint } from '../runners/default-endpoint.ts'

/** Options that `run` and `score` share, as commander gives them. */
export interface SharedOptions {
  readonly bench?: string[]
  readonly judge?: string
  readonly extractor?: string
  readonly soft?: SoftPolicy
  readonly rm?: string
  readonly cascadeAgreement: number
  readonly calibration?: string
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
  readonly thinking: ThinkingMode
  readonly name?: string
  readonly tag?: Record<string, string>
  readonly bootstrapSeed: number
  readonly codeSandbox: 'pyodide' | 'off'
  readonly judgeExtraBody?: Record<string, unknown>
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Options that only `run` has: how the model under test generates. */
export interface GenerationOptions {
  readonly suite?: SuiteName
  readonly model?: string[]
  readonly header?: Record<string, string>
  readonly apiKeyEnv?: string
  readonly revision?: string
  readonly temperature?: number
  readonly topP?: number
  readonly maxTokens?: number
  readonly seed?: number
  readonly stop?: string[]
  readonly system?: string
  readonly extraBody?: Record<string, unknown>
  readonly dryRun?: boolean
  readonly shard?: Shard
}

/** Adds the options that `run` and `score` share. */
export function addSharedOptions(command: Command): Command {
  return command
    .option('--bench <ids>', 'benchmarks, separated by commas, for example ifeval,followbench:zh', list)
    .option('--judge <spec>', 'model spec of the judge; benchmarks that need one are not judged without it')
    .option('--extractor <spec>', 'model spec of the extractor, where a protocol has one (default: the judge)')
    .option(
      '--judge-extra-body <json>',
      'further fields of the requests to judge and extractor; null takes out a field that a protocol sends',
      jsonObject,
    )
    .addOption(
      new Option(
        '--soft <policy>',
        'who scores soft constraints; cascade: the reward model where it is sure, the judge elsewhere (default: judge where there is one, else rm)',
      ).choices(['judge', 'rm', 'cascade']),
    )
    .option(
      '--rm <spec>',
      'reward model: embedded, http://host:port, vllm+http://..., onnx:<folder>, llm:<model spec> (default: embedded)',
    )
    .option(
      '--cascade-agreement <share>',
      'agreement with the judge from which the reward model decides alone in a cascade',
      number(0.5, 1),
      0.95,
    )
    .option(
      '--calibration <jsonl>',
      "labelled pairs that a cascade is calibrated on (default: the embedded model's curve)",
    )
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
    .addOption(
      new Option(
        '--thinking <mode>',
        'where reasoning is looked for in the text of a response: think blocks at its start; the same where the chat template opens the block; nowhere',
      )
        .choices([...thinkingModes])
        .default('auto'),
    )
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
    .option(
      '--header <name:value>',
      'extra request header of the model under test; ${NAME} is read from the environment (repeatable)',
      pair(':'),
    )
    .option('--api-key-env <name>', 'environment variable that holds the key of the model under test')
    .option('--samples <n>', 'responses per item', integer(1))
    .option('--temperature <t>', "default: the benchmark's protocol", number(0, 5))
    .option('--top-p <p>', 'nucleus sampling', number(0, 1))
    .option('--max-tokens <n>', "default: the benchmark's protocol", integer(1))
    .option('--seed <n>', 'sampling seed sent to the endpoint; sample i gets seed + i', integer(0))
    .option('--stop <text>', 'stop string (repeatable)', repeat)
    .option('--system <text>', 'system prompt before every conversation')
    .option(
      '--extra-body <json>',
      'further fields of the request body, for example chat_template_kwargs; null takes out a field that a protocol sends',
      jsonObject,
    )
    .option(
      '--shard <i/n>',
      'only the i-th of n parts of the items, to split a run over machines; see bench merge',
      shard,
    )
    .option('--dry-run', 'print calls, tokens and cost, and spend nothing')
}
