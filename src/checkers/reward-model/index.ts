import type { RewardModelScorer } from '../scoring-context.ts'
import type { RewardModelEndpointOptions } from './endpoints/endpoint-options.ts'
import { parseRewardModelSpec, servedAt } from './endpoints/spec.ts'

/** A reward model that holds connections or memory until it is closed. */
export type OpenRewardModel = RewardModelScorer & {
  /**
   * Scores of judged pairs by models that had not seen them, with the judgement: what a cascade is calibrated on when
   * nobody gives another calibration set. Left out by models whose calibration is not known.
   */
  readonly curve?: { readonly p: readonly number[]; readonly labels: readonly (0 | 1)[] }
  close(): Promise<void>
}

/** A kind of reward model: which specs it takes and how it is opened. */
interface RewardModelKind {
  readonly takes: (spec: string) => boolean
  /** Word of the identity by which a model that is reached over the network is known; null for one in process. */
  readonly servedAt: (spec: string) => string | null
  /** Whether its scores may be charged by the token. */
  readonly isPaidByToken: (spec: string) => boolean
  readonly open: (spec: string, options: RewardModelEndpointOptions) => Promise<OpenRewardModel>
}

const embeddedSpec = /^embedded(?::(.+))?$/s

/** In the order in which they are asked; the last takes everything, and names the known forms in its error. */
const kinds: readonly RewardModelKind[] = [
  {
    takes: (spec) => embeddedSpec.test(spec),
    servedAt: () => null,
    isPaidByToken: () => false,
    open: async (spec) => {
      const { openEmbeddedModel } = await import('./embedded/reward-model.ts')
      return openEmbeddedModel(embeddedSpec.exec(spec)?.[1])
    },
  },
  {
    takes: () => true,
    servedAt,
    isPaidByToken: (spec) => parseRewardModelSpec(spec).kind === 'llm',
    open: async (spec, options) => {
      const { openRewardModelEndpoint } = await import('./endpoints/index.ts')
      return openRewardModelEndpoint(spec, options)
    },
  },
]

/**
 * The word of a model's identity by which its scores are known without asking it: the address of a server; null for a
 * model in process.
 * @throws UsageError for an unknown spec
 */
export function servedRewardModel(spec: string): string | null {
  return kindOf(spec).servedAt(spec)
}

/**
 * Whether a model's scores may be charged by the token, like a judge's replies.
 * @throws UsageError for an unknown spec
 */
export function isPaidByToken(spec: string): boolean {
  return kindOf(spec).isPaidByToken(spec)
}

/**
 * Opens the reward model that a spec names: `embedded` (the shipped weights), `embedded:<folder>` (weights of
 * `bench rm train`), or an endpoint (`http://host:port`, `vllm+http://...`, `onnx:<folder>`). The module of a kind is
 * loaded when it is asked for.
 * @throws UsageError for an unknown spec, DataError for broken weights, EndpointError for a server that cannot be used
 */
export async function loadRewardModel(
  spec: string,
  options: RewardModelEndpointOptions = {},
): Promise<OpenRewardModel> {
  return kindOf(spec).open(spec, options)
}

function kindOf(spec: string): RewardModelKind {
  return kinds.find(({ takes }) => takes(spec))!
}
