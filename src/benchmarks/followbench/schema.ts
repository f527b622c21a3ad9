import * as z from 'zod'
import type { RuleLanguage } from '../../checkers/followbench/rule.ts'
import type { RuleId } from '../../checkers/followbench/rules.ts'

/** Constraint types: one data file each, in upstream's order. */
export const types = ['content', 'situation', 'style', 'format', 'example', 'mixed'] as const
export type ConstraintType = (typeof types)[number]

/** Levels that a model answers; level 0 is the bare instruction and only seen by the judge. */
export const levels = [1, 2, 3, 4, 5] as const

/** One record of a data file. Other fields (the English example file has `answer`) are not read. */
export const recordSchema = z.object({
  /** Number of the group inside the file. */
  example_id: z.int().min(1),
  /** The file's type; in the mixed file the types of the constraints added so far. */
  category: z.string(),
  /** Data set that the instruction comes from: selects the rule. */
  source: z.string(),
  level: z.int().min(0).max(5),
  /** The whole prompt of this level. */
  instruction: z.string(),
  /** Reference of the rule, or the answer template of the example type; empty otherwise. */
  target: z.string(),
})
export type FollowBenchRecord = z.infer<typeof recordSchema>

/** What scoring needs of one item. */
export interface FollowBenchData {
  readonly language: RuleLanguage
  readonly type: ConstraintType
  readonly exampleId: number
  readonly level: number
  readonly source: string
  readonly target: string
  /** The rule that scores the item, or null when the judge does. */
  readonly rule: RuleId | null
  /** Instructions of levels 0 to `level`; only the item's own in the example type, which has no level 0. */
  readonly path: readonly string[]
}
