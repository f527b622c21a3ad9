import { askJudge } from '../../checkers/judge/ask-judge.ts'
import type { ScoringContext } from '../../checkers/scoring-context.ts'
import { strip } from '../../text/strip.ts'
import { afterThinking } from './answer-text.ts'
import { judgePrompt, judgeSampling } from './prompt.ts'

/** What the judge said to one prompt. `text` is null when there was no reply. */
export interface JudgeReply {
  readonly text: string | null
  readonly calls: readonly string[]
  readonly scorer: string
  /** Why there is no reply. */
  readonly reason?: string
  /** True when the call was never made (a dry run, a batch that collects calls): no failure of the judge. */
  readonly isOpen: boolean
}

/** The step in whose name the judge is asked. */
export type JudgePurpose = 'judge' | 'condition'

/** Attempts after an exception, as upstream's client makes them. */
const attemptsPerCall = 3

/**
 * Asks the judge about one response. Equal prompts (trimmed) are asked once, whichever constraint, step or protocol they
 * come from. Between responses the same holds by the call log, whose keys know neither item nor constraint nor sample.
 */
export class JudgeDesk {
  readonly #context: ScoringContext
  readonly #item: string
  readonly #replies = new Map<string, JudgeReply>()
  readonly #failures = new Map<string, JudgeReply>()
  readonly #attempts = new Map<string, number>()

  constructor(context: ScoringContext, item: string) {
    this.#context = context
    this.#item = item
  }

  /** False when no judge is configured. */
  get isOpen(): boolean {
    return this.#context.endpoint('judge') !== null
  }

  /**
   * @param again whether a prompt that got no reply before is asked again: upstream's cache does not keep nulls
   */
  async ask(
    step: string,
    text: string,
    purpose: JudgePurpose,
    constraint: string,
    again: boolean,
  ): Promise<JudgeReply> {
    const content = judgePrompt(step, text)
    const key = strip(content)
    const known = this.#replies.get(key) ?? (again ? undefined : this.#failures.get(key))
    if (known) return known
    const first = this.#attempts.get(key) ?? 0
    const { parsed, rounds, keys, scorer, reason } = await askJudge(this.#context, {
      role: 'judge',
      purpose,
      firstAttempt: first,
      request: () => ({
        messages: [{ role: 'user', content }],
        sampling: judgeSampling,
        // Not the response's own index: a judge that is shown the same text is the same call.
        sample: 0,
        item: this.#item,
        constraint,
      }),
      parse: (reply, _attempt, _status, reasoning) => {
        // Where the endpoint has taken the think block off already, what is left is trimmed like upstream's.
        const cut = afterThinking(reply)
        return cut === reply && reasoning ? strip(reply) : cut
      },
      maxAttempts: attemptsPerCall,
      onFailure: 'next-round',
      onWithheld: 'stop',
    })
    this.#attempts.set(key, first + rounds.length)
    const isOpen = rounds.at(-1)?.failureKind === 'aborted'
    const answer = { text: parsed, calls: keys, scorer, isOpen, ...(reason === undefined ? {} : { reason }) }
    if (parsed === null) this.#failures.set(key, answer)
    else this.#replies.set(key, answer)
    return answer
  }
}
