import * as z from 'zod'

/** Presentations of a constraint, as the data spell them, and their names in the paper's table. */
export const dimensionLabels = {
  unconditional: 'vanilla',
  conditional: 'condition',
  example_driven: 'example',
} as const

/** Kinds of constraint, as the data spell them, and their names in the paper's table. */
export const typeLabels = { formatting: 'formatting', semantic: 'semantic', resource: 'tool' } as const

const dimensions = ['unconditional', 'conditional', 'example_driven'] as const
const types = ['formatting', 'semantic', 'resource'] as const

/** One step of a constraint's recipe. `exec` is a judge prompt or Python source; it may be missing or of another type. */
export const StepRecord = z.looseObject({ type: z.string(), exec: z.unknown().optional() })
export type StepRecord = z.infer<typeof StepRecord>

/** One constraint of an item. `score` and `llm_output` only occur in scored files. */
export const ConstraintRecord = z.looseObject({
  id: z.union([z.int(), z.string()]).optional(),
  desc: z.string().default(''),
  dimension: z.enum(dimensions),
  /** A text is not checked upstream, the entries of a list are. */
  type: z.union([z.string(), z.array(z.enum(types))]),
  is_meta: z.boolean().nullish(),
  evaluation: z.array(StepRecord).optional(),
})
export type ConstraintRecord = z.infer<typeof ConstraintRecord>

const MessageRecord = z.looseObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })

/** One element of `eval.json` (THU-KEG/AgentIF at e00af1b6), in the older layout (domain, query, turn) or the newer (id). */
export const ItemRecord = z.looseObject({
  id: z.string().min(1).optional(),
  domain: z.string().nullish(),
  query_id: z.union([z.int(), z.string()]).nullish(),
  turn_id: z.union([z.int(), z.string()]).nullish(),
  agent_name: z.string().nullish(),
  prompt_type: z.string().nullish(),
  input: z
    .array(MessageRecord)
    .min(1)
    .refine((messages) => messages.at(-1)?.role === 'user', 'Expected the last message to be of the user')
    .refine((messages) => messages.at(-1)?.content !== '', 'Expected the last message not to be empty'),
  constraints: z.array(ConstraintRecord).min(1),
})
export type ItemRecord = z.infer<typeof ItemRecord>

/** What scoring reads of a constraint. */
export interface ScoredConstraint {
  /** Unique inside its item. */
  readonly id: string
  /** Null when the record has no recipe. */
  readonly steps: readonly StepRecord[] | null
  /** Present only where a scored file is continued: then the constraint is left as it is. */
  readonly preset?: unknown
}

/** What scoring reads of an item. */
export interface AgentIfData {
  readonly constraints: readonly ScoredConstraint[]
}
