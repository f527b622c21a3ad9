import * as z from 'zod'

/** How a constraint of a user's own set is checked: exactly one of these forms. */
export const checkSchema = z.union([
  z.strictObject({
    /** Id of an instruction checker, for example `punctuation:no_comma`. */
    rule: z.string(),
    params: z.record(z.string(), z.unknown()).default({}),
  }),
  z.strictObject({
    /** Python regular expression, matched in bounded time. */
    regex: z.string(),
    ignoreCase: z.boolean().default(false),
    /** Whether a match satisfies the constraint or breaks it. */
    expect: z.enum(['match', 'no-match']).default('match'),
  }),
  z.strictObject({
    /** JSON Schema (draft 2020-12 or 07) that the response, or the JSON in its only code fence, must fulfil. */
    jsonSchema: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({
    /** Yes-or-no question for the judge. */
    judge: z.string().min(1),
  }),
  z.strictObject({
    /** Text of the constraint for the reward model; `true` takes the constraint's own text. */
    rm: z.union([z.literal(true), z.string().min(1)]),
  }),
  z.strictObject({
    /** Python source that defines `check_following(response)`; runs in the sandbox. */
    python: z.string().min(1),
  }),
])
export type Check = z.infer<typeof checkSchema>

const tagsSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/** One line of a user's own set. */
export const recordSchema = z
  .object({
    id: z.union([z.string().min(1), z.int()]).transform(String),
    prompt: z.string().optional(),
    messages: z
      .array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
      .min(1)
      .optional(),
    /** Items of one cluster are not independent: they are resampled together. */
    cluster: z.string().optional(),
    language: z.string().optional(),
    tags: tagsSchema.default({}),
    constraints: z
      .array(
        z.object({
          id: z.string().min(1).optional(),
          text: z.string().min(1),
          check: checkSchema,
          tags: tagsSchema.default({}),
          /** True when the constraint cannot be judged from the response alone. */
          needsPrompt: z.boolean().default(false),
        }),
      )
      .min(1),
  })
  .refine(({ prompt, messages }) => (prompt === undefined) !== (messages === undefined), {
    message: 'expected either prompt or messages',
  })
export type SetRecord = z.infer<typeof recordSchema>
