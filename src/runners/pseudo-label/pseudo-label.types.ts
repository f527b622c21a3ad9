import type { Status } from '../../core/status.ts'
import type { GenerationMode } from './generator-prompts.ts'
import type { SeedConstraint } from './seed.ts'

/** A line of `levels.jsonl`: one level of one seed with the response to it. */
export interface LevelRecord {
  readonly seed: string
  readonly level: number
  /** The instruction without constraints. */
  readonly task: string
  readonly prompt: string
  /** Of this level, in order. */
  readonly constraints: readonly SeedConstraint[]
  readonly origin: 'given' | GenerationMode
  readonly response: string | null
  readonly status: Status
  /** Why no reply could be had; null where there is one. */
  readonly failure: string | null
  /** Key of the call in `calls.jsonl`. */
  readonly call: string
  /** Key of the generator's call, where the constraints came from one. */
  readonly generatorCall: string | null
  readonly model: string | null
}

/** A line of `pairs.jsonl`: a response and a constraint with a label that nobody checked. */
export interface PseudoPair {
  /** `<seed>#L<k>+` or `<seed>#L<k>-`. */
  readonly id: string
  readonly seed: string
  /** First digits of the sha256 of the bare task: pairs of one task belong on one side of a split, whatever their seed. */
  readonly task: string
  /** The k of constraint c_k. */
  readonly level: number
  /** 1 for the response to level k, 0 for the response to level k - 1. */
  readonly label: 0 | 1
  readonly response: string
  readonly constraint: string
  readonly type: string | null
  /** `hard` where a rule can tell. */
  readonly kind: 'hard' | 'soft'
  readonly rule: SeedConstraint['rule'] | null
  /** What the rule says of the response; null without a rule. */
  readonly satisfied: boolean | null
  /** Where the response comes from. */
  readonly source: { readonly level: number; readonly call: string; readonly model: string | null }
  readonly origin: LevelRecord['origin']
}
