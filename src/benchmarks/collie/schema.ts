import * as z from 'zod'
import type { PlainConstraint } from '../../checkers/collie/grammar.ts'
import type { Value } from '../../checkers/collie/value.ts'

/** One line of `collie_v1.jsonl`. `example` and `metadata` are not read. */
export const CollieRecord = z.looseObject({
  id: z.string().min(1),
  key: z.string().min(1),
  index: z.int().nonnegative(),
  source: z.string().min(1),
  structure: z.string().min(1),
  name: z.string().min(1),
  level: z.string().min(1),
  /** Same number, same prompt: the unit of resampling. */
  prompt_index: z.int().nonnegative(),
  prompt: z.string().min(1),
  constraint: z.unknown(),
  targets: z.unknown(),
})

export type CollieRecord = z.infer<typeof CollieRecord>

/** One sub-constraint with its own target. */
export interface ColliePart {
  readonly id: string
  readonly constraint: PlainConstraint
  readonly target: Value
  /** The requirement in words. */
  readonly text: string
}

/** What scoring needs of an item. */
export interface CollieData {
  readonly parts: readonly ColliePart[]
}
