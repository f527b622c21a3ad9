import * as z from 'zod'

/** One yes/no question about the response, as upstream writes it. */
export const QuestionRecord = z.looseObject({
  point_id: z.int(),
  question: z.string(),
  question_en: z.string().optional(),
  /** Null: a judge decides. Otherwise the rule for the passage that an extractor finds. */
  rule: z.string().nullable(),
  constraint_dimensions: z.array(z.string()),
  composition_types: z.array(z.string()),
  /** Positions of the questions that must hold for this one to count. */
  dep: z.array(z.int()),
})
export type QuestionRecord = z.infer<typeof QuestionRecord>

/** One element of `data_final.json`. */
export const ItemRecord = z.looseObject({
  main_id: z.int(),
  /** Task group of the selection coherence test. The key must be there: files without it are an older version. */
  group: z.union([z.string(), z.number(), z.null()]),
  instruction: z.string(),
  instruction_en: z.string().optional(),
  /** One value, in spite of the plural. */
  task_types: z.string(),
  constraint_dimensions: z.array(z.string()),
  composition_types: z.array(z.string()),
  category: z.string(),
  scoring_questions: z.array(QuestionRecord).min(1),
})
export type ItemRecord = z.infer<typeof ItemRecord>
