import type { Status } from './status.ts'

/** Protocols every benchmark offers: upstream bug for bug, and upstream with its known defects repaired. */
export const protocols = ['official', 'fixed'] as const
export type Protocol = (typeof protocols)[number]

/** Outcome for (item, sample, constraint, scorer, protocol, mode). */
export interface Verdict {
  readonly item: string
  /** Index of the response, 0-based. */
  readonly sample: number
  readonly constraint: string
  /** What decided: `rule`, `judge:<endpoint>`, `rm:<model>`, `python`. */
  readonly scorer: string
  readonly protocol: Protocol
  /** Reading of the same check where a benchmark has several (`strict`, `loose`). */
  readonly mode?: string
  /** In the benchmark's own scale (0 or 1, 1 to 10, ...); null means not measured. 0 is a measurement. */
  readonly value: number | null
  readonly status: Status
  /** What the check asked for, in words and figures. */
  readonly expected?: string
  /** What it found. */
  readonly found?: string
  /** Why there is no value, or what a person should know about it. */
  readonly reason?: string
  /** Keys of the calls that the verdict rests on, in order. */
  readonly calls?: readonly string[]
  /** Facts that the benchmark's aggregation needs besides the value (parsing path, raw score, segments). */
  readonly detail?: Readonly<Record<string, unknown>>
}
