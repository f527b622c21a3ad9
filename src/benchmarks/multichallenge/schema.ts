import * as z from 'zod'
import type { Message } from '../../core/message.ts'

const role = z.enum(['user', 'assistant'])

const Turns = z.array(z.object({ role, content: z.string() }))

/** The Hugging Face release declares a sequence of a struct, which some readers give as two parallel arrays. */
const Columns = z
  .object({ role: z.array(role), content: z.array(z.string()) })
  .refine((turns) => turns.role.length === turns.content.length, 'as many roles as contents')
  .transform((turns) => turns.role.map((speaker, at) => ({ role: speaker, content: turns.content[at]! })))

/** A finished conversation: it ends with the user turn that the model has to answer. */
export const Conversation = z
  .union([Turns, Columns])
  .refine((turns) => turns.at(-1)?.role === 'user', 'a conversation that ends with a user turn')

const verdict = z.enum(['YES', 'NO'])

/** One line of `benchmark_questions.jsonl` (ekwinox117/multi-challenge at 5ccefcca). */
export const GithubRecord = z.object({
  QUESTION_ID: z.string().min(1),
  AXIS: z.string(),
  CONVERSATION: Conversation,
  TARGET_QUESTION: z.string().min(1),
  PASS_CRITERIA: verdict,
})

/** One row of the Hugging Face release (ScaleAI/MultiChallenge). */
export const HubRecord = z.object({
  question_id: z.string().min(1),
  axis: z.string(),
  conversation: Conversation,
  target_question: z.string().min(1),
  pass_criteria: verdict,
})

/** A record of either edition in one shape. */
export interface Question {
  readonly id: string
  readonly axis: string
  readonly conversation: readonly Message[]
  readonly targetQuestion: string
  readonly passCriteria: string
}

/** What scoring reads of an item. */
export interface MultichallengeData {
  readonly targetQuestion: string
  /** Verdict that counts as a pass. */
  readonly passCriteria: string
}
