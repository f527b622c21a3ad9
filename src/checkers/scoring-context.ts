import type { CallRequest, CallRole, Reply } from '../core/call.ts'

/** How soft constraints are scored. */
export type SoftPolicy = 'judge' | 'rm' | 'cascade'

/** What a scorer may ask of the run. */
export interface ScoringContext {
  /** The one door to anything that costs money or time. Never throws for a failed call: see {@link Reply}. */
  call(request: CallRequest): Promise<Reply>
  /** Name of the endpoint bound to a role, or null: then verdicts that need it are `excluded`, never guessed. */
  endpoint(role: CallRole): string | null
  readonly soft: SoftPolicy
  /** P(satisfied) of (response, constraint text) pairs, or null when no reward model takes part. */
  readonly rewardModel: RewardModelScorer | null
  /** Runs benchmark snippets in isolation, or null when the sandbox is off. */
  readonly python: PythonRunner | null
  /** Called for anything a person should know that is not a verdict (judge drift, leftover think marks). */
  warn(message: string): void
}

export interface RewardModelPair {
  readonly id: string
  readonly response: string
  readonly constraint: string
  readonly type?: string
}

export interface RewardModelScore {
  readonly id: string
  /** P(satisfied), or null with `error`. */
  readonly p: number | null
  /** The model's own verdict at 0.5, from unrounded values, where it gives one: it decides when the threshold is 0.5. */
  readonly pred?: 0 | 1
  readonly truncated: boolean
  readonly error?: string
  /** Key of the call that gave the score, where it went through the call log. */
  readonly call?: string
}

export interface RewardModelScorer {
  readonly id: string
  /** Hard verdict: p >= threshold. */
  readonly threshold: number
  /**
   * True for a model that ships with the run: the same pair gives the same score everywhere at next to no cost, like a
   * rule. All other models are asked through the call log. @default false
   */
  readonly isReproducible?: boolean
  /**
   * Where the model was calibrated to be sure: it decides alone at p <= `below` and at p >= `above`, and a cascade asks
   * the judge in between. Left out: not calibrated, so that a cascade asks the judge about everything.
   */
  readonly sure?: {
    readonly below: number
    readonly above: number
    /** Share of the sure pairs that the judge decides all the same, so that agreement can be measured. @default 0 */
    readonly audit?: number
  }
  score(pairs: readonly RewardModelPair[]): Promise<readonly RewardModelScore[]>
}

/** Result of one snippet in the sandbox. */
export type PythonOutcome =
  | {
      readonly kind: 'value'
      /** Plain JSON, or a number that JSON lacks (NaN, infinities). */
      readonly value: unknown
      /** Python's name of the type. */
      readonly type: string
      /** Python's truth value: empty lists and maps are false. */
      readonly truthy: boolean
    }
  | {
      readonly kind: 'error'
      readonly error: string
      readonly reason: 'exception' | 'timeout' | 'memory' | 'unserialisable' | 'crash'
    }

export interface PythonRunner {
  /** Kind and version of the interpreter: `pyodide 0.27.8`. */
  readonly name: string
  /** Runs one snippet; or several, each on the value of the one before (null after an error), without leaving Python. */
  check(request: {
    readonly source: string | readonly string[]
    readonly response: unknown
    readonly mode: 'strict' | 'repaired'
  }): Promise<PythonOutcome>
}
