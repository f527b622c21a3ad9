import type { Redactor } from '../core/redact.ts'
import type { Sampling } from '../core/sampling.ts'
import type { ThinkingMode } from './split-thinking.ts'

/** Options of an endpoint. All are optional; what can change a reply takes part in the endpoint's identity. */
export interface EndpointOptions {
  /** Settings that go over those of every request. */
  readonly sampling?: Sampling | undefined
  /** Put before the system message of every request, or sent as one where there is none. */
  readonly system?: string | undefined
  /** Further request headers. A value may hold `${NAME}`: read from the environment, treated as a secret. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Name of the environment variable with the key. @default the provider's own, see docs/models.md */
  readonly apiKeyEnv?: string | undefined
  /** Revision of the weights, for the record. */
  readonly revision?: string | undefined
  /** Where reasoning is looked for in the text. @default 'auto' */
  readonly thinking?: ThinkingMode | undefined
  /** Most connections to the host; at least the concurrency of the queue. @default 512 */
  readonly connections?: number | undefined
  /** Longest wait for a connection, in milliseconds. @default 10_000 */
  readonly connectTimeoutMs?: number | undefined
  /** Longest wait for a complete reply, in milliseconds. @default 600_000 */
  readonly timeoutMs?: number | undefined
  /** Largest reply in bytes. @default 64 MiB */
  readonly maxReplyBytes?: number | undefined
  /** Environment for keys, headers and proxies. @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  /** Shared by everything that writes files of a run. @default a new one over the environment */
  readonly redactor?: Redactor | undefined
  /** Folder of the embedded samples, for demo endpoints. */
  readonly samplesRoot?: string | undefined
}

export const endpointDefaults = {
  connections: 512,
  connectTimeoutMs: 10_000,
  timeoutMs: 600_000,
  maxReplyBytes: 64 * 1024 * 1024,
} as const
