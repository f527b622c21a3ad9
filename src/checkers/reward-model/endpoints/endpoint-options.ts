import type { Redactor } from '../../../core/redact.ts'
import type { RewardModelScorer } from '../../scoring-context.ts'

/** What is done with a response that does not fit the model together with its constraint. */
export const overlongPolicies = ['error', 'middle', 'head', 'tail'] as const
/**
 * `error`: no score, with the reason `rm_overlong`. `middle` keeps beginning and end of the response in equal shares,
 * `head` its beginning, `tail` its end. The constraint is never cut.
 */
export type OverlongPolicy = (typeof overlongPolicies)[number]

/** What is done with raw values where probabilities were expected. */
export const logitPolicies = ['error', 'softmax'] as const
export type LogitPolicy = (typeof logitPolicies)[number]

/** Parts of a pair. */
export const queryParts = ['constraint', 'response'] as const
export type QueryPart = (typeof queryParts)[number]

/** Options of a reward model endpoint. All are optional. */
export interface RewardModelEndpointOptions {
  /** Further request headers. A value may hold `${NAME}`: read from the environment, treated as a secret. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Name of the environment variable with the bearer token. @default HEED_API_KEY_<HOST> */
  readonly apiKeyEnv?: string | undefined
  /** Longest wait for a complete reply, in milliseconds. @default 60_000 */
  readonly timeoutMs?: number | undefined
  /** Longest wait for one probe, in milliseconds. @default 5000 */
  readonly probeTimeoutMs?: number | undefined
  /** Most requests under way at once. @default the protocol's */
  readonly concurrency?: number | undefined
  /** Most pairs in one request. @default the protocol's */
  readonly batchSize?: number | undefined
  /** How long a pair waits for company before its batch is sent, in milliseconds. @default 5 */
  readonly batchAgeMs?: number | undefined
  /** Further tries after 429, 5xx, network errors and time-outs. @default 3 */
  readonly maxRetries?: number | undefined
  /** Upper end of the first random wait between tries, in milliseconds. @default 500 */
  readonly firstDelayMs?: number | undefined
  /** Hard verdict: p >= threshold. @default 0.5 */
  readonly threshold?: number | undefined
  /** @default 'error'; 'tail' for models in process */
  readonly overlong?: OverlongPolicy | undefined
  /** Token limit of the model. @default what the server says, else none */
  readonly maxTokens?: number | undefined
  /** Index of the class "satisfied". @default 1 */
  readonly positiveIndex?: number | undefined
  /** Label of the class "satisfied"; goes before the index. */
  readonly positiveLabel?: string | undefined
  /** @default 'error'; servers that give raw values by contract are read as such */
  readonly logits?: LogitPolicy | undefined
  /** Input text with the slots `{response}` and `{constraint}`. @default the installed upstream one, else our own */
  readonly template?: string | undefined
  /** File with such a text, UTF-8; line ends at its end belong to the text. */
  readonly templateFile?: string | undefined
  /** Data directory in which the upstream template is looked for. @default BENCH_DATA_DIR or a per-user cache */
  readonly dataDir?: string | undefined
  /** Revision of the weights, for the record. */
  readonly revision?: string | undefined
  /** Which part is the query of `/score` and `/rerank`; the other one is the document. @default 'constraint' */
  readonly query?: QueryPart | undefined
  /** Tensor names of an Open Inference Protocol server. @default text, the first output */
  readonly tensors?: { readonly input?: string | undefined; readonly output?: string | undefined } | undefined
  /** File inside the folder of a model in process. @default onnx/model.onnx, else model.onnx */
  readonly modelFile?: string | undefined
  /** Environment for keys, headers and proxies. @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  readonly redactor?: Redactor | undefined
  /** Told once about anything that a person should know. */
  readonly warn?: ((message: string) => void) | undefined
  /** Ends all waiting: what is not answered becomes an error. */
  readonly signal?: AbortSignal | undefined
  /** Loads an optional peer; replaced in tests. @default import() */
  readonly importPeer?: ((name: string) => Promise<unknown>) | undefined
}

/** Counts of one endpoint, for the ledger under a table. */
export interface RewardModelStats {
  /** Pairs asked, scored, and left without a score. */
  readonly asked: number
  readonly scored: number
  readonly failed: number
  /** Scored on a shortened response. */
  readonly truncated: number
  /** Left without a score because they did not fit. */
  readonly overlong: number
  /** Pairs with lone surrogates, which were read as U+FFFD. */
  readonly repaired: number
  readonly requests: number
  readonly retries: number
}

/** A reward model that holds connections or memory until it is closed. */
export interface RewardModelEndpoint extends RewardModelScorer {
  /** `upstream`, `house-prompt` or `custom`; null where the server builds the text. */
  readonly promptLabel: string | null
  readonly stats: RewardModelStats
  close(): Promise<void>
}
