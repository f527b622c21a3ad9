import type { Endpoint, EndpointReply } from '../../../../models/endpoint.ts'
import { CallFailedError } from '../../../../models/queue/call-failed-error.ts'
import type { CallQueue } from '../../../../models/queue/call-queue.ts'
import type { RewardModelPair, RewardModelScore } from '../../../scoring-context.ts'
import type { RewardModelEndpoint, RewardModelEndpointOptions, RewardModelStats } from '../endpoint-options.ts'
import { reasonOfFailure } from '../http-scorer.ts'
import { estimateRewardTokens, fitResponse } from '../overlong.ts'
import { StatsCounter, scoreOf } from '../score-of.ts'
import { describe, type ItemScore } from '../two-class.ts'
import { isWellFormed, wellFormed } from '../well-formed.ts'
import { questionMessages, readDigit } from './question.ts'

/** Everything a chat model as a classifier is made of. */
export interface LlmScorerParts {
  readonly id: string
  readonly endpoint: Endpoint
  readonly queue: CallQueue
  readonly options: RewardModelEndpointOptions
}

const neverAborted = new AbortController().signal

/** A chat model behind the interface of a reward model: P(satisfied) is 0 or 1. An unreadable answer is no score. */
export class LlmScorer implements RewardModelEndpoint {
  readonly id: string
  readonly threshold: number
  readonly promptLabel = 'house-prompt'
  readonly #parts: LlmScorerParts
  readonly #counter = new StatsCounter()

  constructor(parts: LlmScorerParts) {
    this.#parts = parts
    this.id = parts.id
    this.threshold = parts.options.threshold ?? 0.5
  }

  get stats(): RewardModelStats {
    const { retries, done, failed } = this.#parts.queue.stats
    return { ...this.#counter.stats, requests: done + failed + retries, retries }
  }

  score(pairs: readonly RewardModelPair[]): Promise<readonly RewardModelScore[]> {
    return Promise.all(pairs.map((pair) => this.#scorePair(pair)))
  }

  async close(): Promise<void> {
    await this.#parts.endpoint.close?.()
  }

  async #scorePair(pair: RewardModelPair): Promise<RewardModelScore> {
    const constraint = wellFormed(pair.constraint)
    const fit = this.#fit(wellFormed(pair.response), constraint)
    const outcome = 'error' in fit ? fit : await this.#ask(fit.response, constraint)
    const score = scoreOf(pair.id, outcome, 'truncated' in fit && fit.truncated)
    this.#counter.count(score, !isWellFormed(pair.response))
    return score
  }

  #fit(response: string, constraint: string): { response: string; truncated: boolean } | { error: string } {
    const { overlong: policy = 'error', maxTokens: limit } = this.#parts.options
    if (limit === undefined || policy === 'error') return { response, truncated: false }
    const render = (part: string) => questionMessages(part, constraint)[0]!.content
    const fit = fitResponse(response, { limit, policy, count: estimateRewardTokens, render })
    return fit.kind === 'fits' ? fit : { error: `rm_overlong: about ${fit.tokens} tokens, the limit is ${limit}` }
  }

  async #ask(response: string, constraint: string): Promise<ItemScore> {
    const { endpoint, queue, options } = this.#parts
    const meta = { benchmark: '', purpose: 'score', sample: 0, attempt: 0, subject: endpoint.model }
    const request = { messages: questionMessages(response, constraint), sampling: { temperature: 0 }, meta }
    try {
      const { reply } = await queue.submit(request, options.signal ?? neverAborted)
      return read(reply)
    } catch (error) {
      if (error instanceof CallFailedError) return { error: reasonOfFailure(error.failure) }
      return { error: `the reward model could not be asked: ${String(error)}` }
    }
  }
}

function read({ status, text }: EndpointReply): ItemScore {
  if (text === null) return { error: `the reward model gave no answer (${status})` }
  const digit = readDigit(text)
  return digit === null ? { error: `expected the answer 0 or 1, got ${describe(text)}` } : { p: digit, pred: digit }
}
