import type { CallFailure } from '../../../core/call.ts'
import { CallError } from '../../../models/call-error.ts'
import { sleep } from '../../../models/http/abort-fan-out.ts'
import { type QueueSettings, queueSettings } from '../../../models/queue/queue-settings.ts'
import type { RewardModelPair, RewardModelScore } from '../../scoring-context.ts'
import type { RewardModelEndpoint, RewardModelEndpointOptions, RewardModelStats } from './endpoint-options.ts'
import type { RewardServer } from './http-exchange.ts'
import type { InputTemplate } from './input-template.ts'
import { MicroBatcher, type Place } from './micro-batcher.ts'
import { estimateRewardTokens, fitResponse } from './overlong.ts'
import type { ModelFacts, ProtocolItem, RewardProtocol } from './protocol.ts'
import { retrying } from './retrying.ts'
import { StatsCounter, scoreOf } from './score-of.ts'
import type { ItemScore } from './two-class.ts'
import { isWellFormed, wellFormed } from './well-formed.ts'

/** Everything a scorer over HTTP is made of. */
export interface HttpScorerParts {
  readonly protocol: RewardProtocol
  readonly server: RewardServer
  readonly facts: ModelFacts
  /** Null where the server builds the text. */
  readonly template: InputTemplate | null
  readonly id: string
  readonly options: RewardModelEndpointOptions
}

const neverAborted = new AbortController().signal
/** Stands for the words that a server puts around the two parts, where their tokens are estimated: verl-if's are 149. */
const serverText = ' '.repeat(149)

/** A reward model behind HTTP: collects pairs into batches, retries, and turns every failure into an error with a reason. */
export class HttpScorer implements RewardModelEndpoint {
  readonly id: string
  readonly threshold: number
  readonly promptLabel: string | null
  readonly #parts: HttpScorerParts
  readonly #retry: QueueSettings
  readonly #batcher: MicroBatcher<ProtocolItem, ItemScore>
  readonly #counter = new StatsCounter()
  readonly #signal: AbortSignal

  constructor(parts: HttpScorerParts) {
    const { protocol, facts, template, options } = parts
    this.#parts = parts
    this.id = parts.id
    this.threshold = options.threshold ?? 0.5
    this.promptLabel = template?.label ?? null
    this.#signal = options.signal ?? neverAborted
    const maxRetries = options.maxRetries ?? 3
    this.#retry = queueSettings({
      maxRetries,
      maxRateLimitRetries: maxRetries,
      maxMalformedRetries: Math.min(1, maxRetries),
      firstDelayMs: options.firstDelayMs ?? 500,
      maxRetryAfterMs: 60_000,
    })
    this.#batcher = new MicroBatcher(
      {
        size: Math.max(
          1,
          Math.min(options.batchSize ?? protocol.batchSize, facts.maxBatch ?? Number.POSITIVE_INFINITY),
        ),
        bytes: protocol.maxBatchBytes,
        ageMs: options.batchAgeMs ?? 5,
        concurrency: Math.max(1, options.concurrency ?? protocol.concurrency),
      },
      // JSON escapes at most six bytes per UTF-16 unit; three are the most that UTF-8 takes.
      ({ text, response, constraint }) => 3 * (text === '' ? response.length + constraint.length : text.length),
      (batch, place) => this.#scoreBatch(batch, place),
    )
  }

  get stats(): RewardModelStats {
    return this.#counter.stats
  }

  score(pairs: readonly RewardModelPair[]): Promise<readonly RewardModelScore[]> {
    return Promise.all(pairs.map((pair) => this.#scorePair(pair)))
  }

  async close(): Promise<void> {
    await this.#parts.server.close()
  }

  async #scorePair(pair: RewardModelPair): Promise<RewardModelScore> {
    const item = this.#toItem(pair)
    const outcome = 'error' in item ? item : await this.#batcher.add(item.item)
    const score = scoreOf(pair.id, outcome, 'item' in item && item.truncated)
    this.#counter.count(score, !isWellFormed(pair.response))
    return score
  }

  #toItem(pair: RewardModelPair): { item: ProtocolItem; truncated: boolean } | { error: string } {
    const { protocol, template, facts, options } = this.#parts
    const constraint = wellFormed(pair.constraint)
    const whole = wellFormed(pair.response)
    const render = (response: string) =>
      template?.render(response, constraint) ?? `${serverText}${response}${constraint}`
    const limit = options.maxTokens ?? facts.maxTokens
    const policy = options.overlong ?? 'error'
    // An estimate must not refuse what the server would take: with `error` a server that refuses decides.
    if (limit === null || (policy === 'error' && protocol.refusesLength)) {
      return { item: { response: whole, constraint, text: template ? render(whole) : '' }, truncated: false }
    }
    const fit = fitResponse(whole, { limit, policy, count: estimateRewardTokens, render })
    if (fit.kind === 'overlong') return { error: `rm_overlong: about ${fit.tokens} tokens, the limit is ${limit}` }
    const { response, truncated } = fit
    return { item: { response, constraint, text: template ? render(response) : '' }, truncated }
  }

  /** Never throws. Pairs that may not share a request go in one after another. */
  async #scoreBatch(batch: readonly ProtocolItem[], place: Place): Promise<readonly ItemScore[]> {
    const { protocol, facts } = this.#parts
    if (!protocol.groupOf) return this.#scoreGroup(batch, place)
    const groups = new Map<string, ProtocolItem[]>()
    for (const item of batch) {
      const key = protocol.groupOf(item, facts)
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
    const scores = new Map<ProtocolItem, ItemScore>()
    for (const group of groups.values()) {
      for (const [position, score] of (await this.#scoreGroup(group, place)).entries())
        scores.set(group[position]!, score)
    }
    return batch.map((item) => scores.get(item)!)
  }

  /** Never throws. A batch that the server refuses is halved, so that one bad pair does not cost the others. */
  async #scoreGroup(batch: readonly ProtocolItem[], place: Place): Promise<readonly ItemScore[]> {
    const { protocol, server, facts } = this.#parts
    try {
      const { path, body } = protocol.request(batch, facts)
      return await retrying(
        async () => {
          this.#counter.requests += 1
          return protocol.read(await server.post(path, body, protocol.isFinal), batch, facts)
        },
        this.#retry,
        this.#signal,
        async (delayMs, error) => {
          this.#counter.retries += 1
          // Who is told to slow down keeps the place; a broken connection is no reason to let others wait.
          const isFree = error.kind !== 'rate-limit'
          if (isFree) place.leave()
          await sleep(delayMs, this.#signal)
          if (isFree) await place.take()
        },
      )
    } catch (error) {
      if (batch.length > 1 && error instanceof CallError && isAboutOneItem(error)) {
        const middle = batch.length >> 1
        return [
          ...(await this.#scoreGroup(batch.slice(0, middle), place)),
          ...(await this.#scoreGroup(batch.slice(middle), place)),
        ]
      }
      const reason = reasonOf(error)
      return batch.map(() => ({ error: reason }))
    }
  }
}

function isAboutOneItem({ kind, fatal }: CallError): boolean {
  return kind === 'client' && !fatal
}

const tooLong =
  /too (?:long|large)|maximum (?:context|model|input) length|max_model_len|longer than|must have less than|length limit|\d tokens/i

function reasonOf(error: unknown): string {
  return error instanceof CallError ? reasonOfFailure(error) : `the reward model could not be asked: ${String(error)}`
}

/** Why a pair has no score, in words; those about length begin with `rm_overlong`. */
export function reasonOfFailure({ kind, message }: Pick<CallFailure, 'kind' | 'message'>): string {
  return kind === 'client' && tooLong.test(message) ? `rm_overlong: ${message}` : message
}
