import type { ItemHead, ItemResult } from '../benchmark.ts'

/**
 * One attempt: `passed` is null where it was not measured. `failed-judging` is upstream's exception; an answer that never
 * came is judged upstream as an error message, which fails.
 */
export interface Attempt {
  readonly sample: number
  readonly passed: boolean | null
  readonly gap: 'none' | 'no-answer' | 'failed-judging' | 'excluded'
}

/** All attempts at one conversation. */
export interface ConversationResults {
  readonly item: ItemHead
  readonly axis: string
  readonly attempts: readonly Attempt[]
}

/** Groups results by conversation, in order of first appearance, attempts by sample. */
export function byConversation(results: readonly ItemResult[]): ConversationResults[] {
  const conversations = new Map<string, { item: ItemHead; attempts: Attempt[] }>()
  for (const result of results) {
    const { item } = result
    const known = conversations.get(item.id) ?? { item, attempts: [] }
    conversations.set(item.id, known)
    known.attempts.push(toAttempt(result))
  }
  return [...conversations.values()].map(({ item, attempts }) => ({
    item,
    axis: String(item.tags.axis),
    attempts: attempts.toSorted((one, other) => one.sample - other.sample),
  }))
}

function toAttempt({ sample, verdicts }: ItemResult): Attempt {
  const [verdict] = verdicts
  if (verdict?.value != null) return { sample, passed: verdict.value === 1, gap: 'none' }
  switch (verdict?.status) {
    case undefined:
    case 'excluded':
      return { sample, passed: null, gap: 'excluded' }
    case 'judge-error':
    case 'judge-unparsed':
    case 'rm-error':
    case 'check-error':
      return { sample, passed: null, gap: 'failed-judging' }
    default:
      return { sample, passed: null, gap: 'no-answer' }
  }
}

/** The same results with everything that was not measured taken as failed, or as passed. */
export function assume(conversations: readonly ConversationResults[], passed: boolean): ConversationResults[] {
  return conversations.map((conversation) => ({
    ...conversation,
    attempts: conversation.attempts.map((attempt) =>
      attempt.passed === null ? { ...attempt, passed, gap: 'none' } : attempt,
    ),
  }))
}
