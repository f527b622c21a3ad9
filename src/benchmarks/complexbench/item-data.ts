import type { CompiledRule } from '../../checkers/complexbench/compile-rule.ts'
import type { Protocol } from '../../core/verdict.ts'

/** Language of instruction and questions. Judge prompts, reply formats and rules are Chinese in both. */
export type EditionId = 'zh' | 'en'

/** What scoring needs of an item. */
export interface ComplexBenchData {
  readonly instruction: string
  /** In the order of the item's constraints. */
  readonly questions: readonly Question[]
}

/** One scoring question. */
export interface Question {
  readonly text: string
  /** Null when a judge decides. */
  readonly rule: QuestionRule | null
}

/** A rule for the passage that an extractor finds, read once for each protocol. */
export type QuestionRule = { readonly text: string } & Readonly<Record<Protocol, CompiledRule>>
