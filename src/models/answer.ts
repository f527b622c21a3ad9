import type { Status } from '../core/status.ts'
import { splitThinking, type ThinkingMode } from './split-thinking.ts'

/** What a provider sent, before it is judged. */
export interface AnswerParts {
  /** Text of the reply as it came; null or absent content is ''. */
  readonly content: string
  /** Reasoning that the provider sent apart, '' for none. */
  readonly reasoning: string
  /** The reply ended at a token limit. */
  readonly cut: boolean
  /** The provider withheld the answer. */
  readonly withheld: boolean
  /** Tokens spent on hidden reasoning, where reported. */
  readonly reasoningTokens: number | null
}

/** Answer, reasoning and status of one reply. */
export interface Answer {
  readonly status: Status
  readonly text: string | null
  readonly reasoning: string | null
}

/**
 * Decides how a reply ended. The order matters: a withheld answer is `refused` even when it was cut, and thinking that
 * used up the token limit is `unclosed-thinking` (there is no answer), whichever way the provider shows its reasoning.
 */
export function toAnswer(parts: AnswerParts, thinking: ThinkingMode): Answer {
  const { content, reasoning, cut, withheld, reasoningTokens } = parts
  if (withheld) return { status: 'refused', text: null, reasoning: reasoning || null }
  // Where the server has taken the reasoning out, tags in the text are the answer's own.
  const split = reasoning ? { reasoning, answer: content } : splitThinking(content, thinking)
  if (split.answer === null) return { status: 'unclosed-thinking', text: null, reasoning: split.reasoning }
  const isEmpty = !/\S/.test(split.answer)
  if (isEmpty && cut && (split.reasoning || (reasoningTokens ?? 0) > 0)) {
    return { status: 'unclosed-thinking', text: null, reasoning: split.reasoning }
  }
  const status = cut ? 'truncated' : isEmpty ? 'empty' : 'ok'
  return { status, text: split.answer, reasoning: split.reasoning }
}
