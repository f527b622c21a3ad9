import { createEndpoint } from '../../../../models/create-endpoint.ts'
import { createCallQueue } from '../../../../models/queue/call-queue.ts'
import type { RewardModelEndpoint, RewardModelEndpointOptions } from '../endpoint-options.ts'
import { questionHash } from './question.ts'
import { LlmScorer } from './scorer.ts'

const defaultConcurrency = 8
const neverAborted = new AbortController().signal

/**
 * Opens a chat model as a classifier: it is asked once per pair, in words, and its answer is 0 or 1. Sends nothing but
 * the endpoint's own probe.
 * @throws UsageError, EndpointError in words for the user
 */
export async function openLlmRewardModel(
  model: string,
  options: RewardModelEndpointOptions,
): Promise<RewardModelEndpoint> {
  const { headers, apiKeyEnv, revision, timeoutMs = 60_000, environment, redactor, maxRetries = 3 } = options
  const concurrency = options.concurrency ?? defaultConcurrency
  const endpoint = await createEndpoint(model, { headers, apiKeyEnv, revision, timeoutMs, environment, redactor })
  try {
    await endpoint.probe?.(options.signal ?? neverAborted)
    const queue = createCallQueue(endpoint, {
      concurrency,
      maxRetries,
      maxRateLimitRetries: maxRetries,
      maxMalformedRetries: Math.min(1, maxRetries),
      ...(options.firstDelayMs === undefined ? {} : { firstDelayMs: options.firstDelayMs }),
      maxRetryAfterMs: 60_000,
    })
    if (!/^https?:/i.test(model.trim()))
      options.warn?.(`what ${model} costs as a reward model is not counted: --max-cost does not hold it back`)
    const { overlong = 'error', maxTokens } = options
    if (overlong !== 'error' && maxTokens === undefined)
      options.warn?.(`overlong=${overlong} has no effect without max-tokens`)
    const id = [
      `llm ${endpoint.id}`,
      `text=house-prompt:${questionHash.slice(0, 8)}`,
      ...(overlong === 'error' ? [] : [`overlong=${overlong}:${maxTokens ?? 'server'}`]),
    ].join(' ')
    return new LlmScorer({ id, endpoint, queue, options })
  } catch (error) {
    await endpoint.close?.()
    throw error
  }
}
