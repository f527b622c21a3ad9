import type { Message } from './message.ts'

/** How a constraint is verified. A chain lists its steps in order (for example extract, then a rule). */
export type CheckKind = 'rule' | 'judge' | 'rm' | 'python'

/** One requirement of an item. */
export interface Constraint {
  /** Unique inside its item; stable between runs and editions of the harness. */
  readonly id: string
  /** The requirement in words, as a person (or a reward model) should read it. */
  readonly text: string
  readonly check: CheckKind | readonly CheckKind[]
  /** Named properties for breakdowns: `type`, `dimension`, `level`, ... A list counts in each of its values. */
  readonly tags: Readonly<Record<string, string | readonly string[]>>
  /** True when the requirement cannot be judged from the response alone ("answer the question above"). */
  readonly needsPrompt: boolean
}

/**
 * One thing a model is asked. `Data` is the benchmark's own validated record; nobody but the benchmark's folder looks
 * into it.
 */
export interface Item<Data = unknown> {
  /** Unique inside its benchmark and edition. */
  readonly id: string
  readonly messages: readonly Message[]
  readonly constraints: readonly Constraint[]
  /**
   * Unit of resampling: items of one cluster are not independent (the five levels of a FollowBench instruction). The
   * item's own id where items are independent.
   */
  readonly cluster: string
  /** BCP 47 language of the instruction where the benchmark knows it. */
  readonly language?: string
  /** Named properties for breakdowns: `domain`, `split`, `level`, ... */
  readonly tags: Readonly<Record<string, string | readonly string[]>>
  readonly data: Data
}
