import * as z from 'zod'

/** Parameters of the rules, parallel to the ids; data sets also carry them as one JSON text. */
const kwargsList = z.array(z.record(z.string(), z.unknown()).nullable())
const kwargsText = z.string().transform((text, context) => {
  try {
    return kwargsList.parse(JSON.parse(text))
  } catch {
    context.addIssue({ code: 'custom', message: 'expected a JSON list of objects' })
    return z.NEVER
  }
})

const constraintTexts = z.array(z.union([z.string(), z.array(z.string())]).nullable())

/** What a response was asked, as the training data of verl-if keep it: parallel lists. */
export const groundTruthSchema = z
  .object({
    instruction_id_list: z.array(z.string()),
    kwargs: z.union([kwargsList, kwargsText], 'expected a list of objects, one per id, or one as JSON text').optional(),
    constraints: constraintTexts.optional(),
    constraint: constraintTexts.optional(),
  })
  .transform(({ instruction_id_list: ids, kwargs, constraints, constraint }): GroundTruth => {
    const texts = constraints ?? constraint ?? []
    return {
      instructionIds: ids,
      kwargs: kwargs ?? ids.map(() => null),
      constraints: texts.map((text) => text ?? ''),
    }
  })

/** Constraints one by one: a rule with its parameters, or a text for the reward model. */
export const constraintSchema = z
  .object({
    text: z.string().optional(),
    type: z.string().optional(),
    rule: z.object({ id: z.string(), kwargs: z.record(z.string(), z.unknown()).optional() }).optional(),
  })
  .refine(({ text, rule }) => text !== undefined || rule !== undefined, 'expected `text` or `rule`')

export const constraintListSchema = z.object({ constraints: z.array(constraintSchema) }).transform(
  ({ constraints }): GroundTruth => ({
    instructionIds: constraints.map(({ rule }) => rule?.id ?? 'soft'),
    kwargs: constraints.map(({ rule }) => rule?.kwargs ?? null),
    constraints: constraints.map(({ text }) => text ?? ''),
  }),
)

/** What a response was asked. */
export interface GroundTruth {
  readonly instructionIds: readonly string[]
  readonly kwargs: readonly (Readonly<Record<string, unknown>> | null)[]
  /** Parallel to the ids; for maths a list of answers, for choices the letter. */
  readonly constraints: readonly (string | readonly string[])[]
}

/** One response to score. */
export interface RewardItem extends GroundTruth {
  readonly response: string
}
