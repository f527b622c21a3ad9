import type { CallRole } from '../core/call.ts'
import type { Sampling } from '../core/sampling.ts'
import type { RewardModelSpec } from './run-spec.ts'
import type { Shard } from './shard.ts'

/** A benchmark as a run names it. */
export interface BenchmarkPlanHead {
  readonly id: string
  readonly edition: string
  readonly isSample: boolean
  /** sha256 of every data file by its name in the lock. */
  readonly dataHashes: Readonly<Record<string, string>>
  readonly limit: number | null
  /** Ids of the items, where the run covers only those that a file of responses answers. */
  readonly only?: readonly string[]
}

/** What a run is. Two runs with equal identities may share one folder; anything else may not. */
export interface RunIdentity {
  readonly format: 1
  readonly model: string
  readonly modelName: string
  /** True for recorded responses, which are looked up by item: see the call key. */
  readonly modelDependsOnMeta: boolean
  readonly sampling: Sampling
  readonly systemPrompt: string | null
  readonly samples: number
  readonly benchmarks: readonly BenchmarkPlanHead[]
  /** The part of the items that this folder is about, where the run was split over machines. */
  readonly shard?: Shard
}

/** How verdicts are made from the calls. Several scorings may stand side by side in one run folder. */
export interface ScoringIdentity {
  readonly judge: string | null
  readonly extractor: string | null
  readonly rewardModel: string | null
  readonly soft: string
  /** Kind and Python version of the sandbox; null when no benchmark needs one or it is off. */
  readonly python: string | null
  readonly protocols: readonly string[]
}

/** `manifest.json`: written once, when the folder is made. */
export interface Manifest {
  readonly identity: RunIdentity
  readonly scoring: ScoringIdentity
  /** What the log does not say and scoring from it alone needs. */
  readonly replay?: {
    /** Endpoints as people wrote them, by role. */
    readonly endpoints: Readonly<Partial<Record<CallRole, { readonly name: string; readonly dependsOnMeta: boolean }>>>
    readonly rewardModel: RewardModelSpec | null
    readonly bootstrapSeed: number
  }
  /** Names of the folders that were put together, where the run was split over machines. */
  readonly mergedFrom?: readonly string[]
  readonly createdAt: string
  /** Command line as typed; values of secret-looking options never occur, keys come from the environment. */
  readonly command: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  readonly versions: { readonly heed: string; readonly node: string; readonly platform: string }
  readonly git: { readonly commit: string; readonly dirty: boolean } | null
}

/** Version of the folder layout and of the call keys. A folder of another format cannot be resumed. */
export const manifestFormat = 1
