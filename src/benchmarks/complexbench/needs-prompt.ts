import type { QuestionRecord } from './schema.ts'

/** Dimensions that are about the task or a given text, not about the response alone. */
const dimensions: ReadonlySet<string> = new Set(['Helpfulness', 'Supportiveness', 'Consistency', 'Factuality'])

/** Words for the input, the instruction and branch decisions. */
const words =
  /输入|指令|题目|原文|原句|原诗|给定|给出的|所给|提供的|上文|上述|文中|材料|用户|问题中|要求中|判断|识别|\b(?:input|instructions?|prompt|given|provided|original|source|user|according to|judged?|identif\w+|recogni[sz]\w+|branch)\b/i

/**
 * True when a question cannot be answered from the response alone: it asks whether a branch was taken rightly
 * (composition type Selection), it checks facts or faithfulness, or its words point at the input. When in doubt, true:
 * such questions go to a judge, never to a model that does not see the prompt.
 */
export function needsPrompt(question: QuestionRecord, text: string): boolean {
  return (
    question.composition_types.includes('Selection') ||
    question.constraint_dimensions.some((dimension) => dimensions.has(dimension)) ||
    words.test(text)
  )
}
