import type { SoftPolicy } from '../benchmarks/benchmark.ts'
import type { BenchmarkReference } from '../benchmarks/registry.ts'
import type { Sampling } from '../core/sampling.ts'
import type { Protocol } from '../core/verdict.ts'
import type { ThinkingMode } from '../models/split-thinking.ts'
import type { Shard } from './shard.ts'

/** How to reach one endpoint. */
export interface EndpointSpec {
  /** Model spec such as `openai/gpt-4o-mini` or `http://localhost:8000/v1`. */
  readonly model: string
  /** Extra request headers; values may hold `${NAME}` references, which are read from the environment when sent. */
  readonly headers: Readonly<Record<string, string>>
  /** Name of the environment variable that holds the key, where the usual one does not. */
  readonly apiKeyEnv: string | null
  /** Revision of the weights, for the record and the call key. */
  readonly revision: string | null
  /** Where reasoning is looked for in the text of a reply. */
  readonly thinking: ThinkingMode
  /** Most requests under way at once. */
  readonly concurrency: number
  /** Requests per minute; null for no cap. */
  readonly requestsPerMinute: number | null
  readonly tokensPerMinute: number | null
  /** Further tries after server errors, network errors and time-outs. */
  readonly maxRetries: number
  /** Longest wait for one reply, in seconds. */
  readonly timeoutSeconds: number
  /** Further fields of every request body; null takes a field out. @default none */
  readonly extraBody?: Readonly<Record<string, unknown>>
  /** Name of a queue that endpoints of several runs share; its own when left out. */
  readonly queue?: string
}

/** Which reward model takes part, and how sure it must be to decide in a cascade. */
export interface RewardModelSpec {
  /** `embedded`, `embedded:<folder>` or the spec of an endpoint; null when none is named. */
  readonly spec: string | null
  /** Agreement with the judge that a cascade is calibrated for, 0.5 to 1. */
  readonly agreement: number
  /** Labelled JSONL that a cascade is calibrated on; null for the model's own curve. */
  readonly calibration: string | null
}

/** A run as asked for: every default filled in, nothing resolved yet. */
export interface RunSpec {
  readonly model: EndpointSpec
  /** Name of the checkpoint in tables; null for the endpoint's own. */
  readonly name: string | null
  readonly judge: EndpointSpec | null
  readonly extractor: EndpointSpec | null
  readonly references: readonly BenchmarkReference[]
  /** Use the embedded sample instead of the installed data. */
  readonly sample: boolean
  readonly limit: number | null
  /** Only the part of one of several machines. @default the whole run */
  readonly shard?: Shard | null
  /** Only the items that the file of responses answers. */
  readonly answeredOnly: boolean
  /** Responses per item; null lets a replay file decide, and means 1 elsewhere. */
  readonly samples: number | null
  readonly sampling: Sampling
  readonly systemPrompt: string | null
  readonly bootstrapSeed: number
  /** Null lets the judge decide where there is one, and the reward model elsewhere. */
  readonly soft: SoftPolicy | null
  /** Reward model of soft constraints. @default the embedded one */
  readonly rewardModel?: RewardModelSpec
  readonly protocols: readonly Protocol[]
  /** True to run no code of a benchmark: its code checks end as errors. */
  readonly isSandboxOff: boolean
  /** Run folder; null for one under `resultsRoot` named after the configuration. */
  readonly out: string | null
  readonly resultsRoot: string
  readonly dataDir: string | null
  readonly offline: boolean
  /** USD; null for no limit. */
  readonly maxCost: number | null
  /** File that overrides the price table. */
  readonly prices: string | null
  readonly tags: Readonly<Record<string, string>>
  /** Command line, for the manifest. */
  readonly command: readonly string[]
}
