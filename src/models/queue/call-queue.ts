import PQueue from 'p-queue'
import { abortedError, CallError } from '../call-error.ts'
import type { Endpoint, EndpointReply, EndpointRequest } from '../endpoint.ts'
import { sleep } from '../http/abort-fan-out.ts'
import { AdaptiveConcurrency } from './adaptive-concurrency.ts'
import { CallFailedError } from './call-failed-error.ts'
import { type QueueSettings, queueSettings } from './queue-settings.ts'
import { QueueCounters, type QueueStats } from './queue-stats.ts'
import { type Admission, RateControl } from './rate-control.ts'
import { decideRetry, saneRetryAfter } from './retry-policy.ts'
import { Window } from './window.ts'

/** An answered call. */
export interface CallOutcome {
  readonly reply: EndpointReply
  /** Requests that it took, the successful one included. */
  readonly tries: number
}

/** One call on its way through its tries. */
interface Call {
  readonly request: EndpointRequest
  readonly signal: AbortSignal
  tries: number
}

/** Calls that are tried again go before new ones, so that what was begun is finished first. */
const before = { priority: 1 }

/**
 * The queue of one endpoint, and the only place where calls are repeated. A try that waits for its next turn holds no
 * place: concurrency counts requests under way and nothing else.
 */
export class CallQueue {
  readonly endpoint: Endpoint
  readonly #settings: QueueSettings
  readonly #queue: PQueue
  readonly #concurrency: AdaptiveConcurrency
  readonly #rates: RateControl
  readonly #window: Window
  readonly #counters = new QueueCounters()

  constructor(endpoint: Endpoint, settings: QueueSettings) {
    this.endpoint = endpoint
    this.#settings = settings
    this.#queue = new PQueue({ concurrency: settings.concurrency })
    this.#concurrency = new AdaptiveConcurrency(settings.concurrency, settings.cooldownMs)
    this.#rates = new RateControl(settings)
    this.#window = new Window(settings.window)
  }

  get stats(): QueueStats {
    const { inFlight, done, failed, retries, inputTokens, outputTokens, failures } = this.#counters
    const { current: concurrency, limit } = this.#concurrency
    const waiting = this.#window.size - inFlight
    return { inFlight, waiting, done, failed, retries, concurrency, limit, inputTokens, outputTokens, failures }
  }

  /** Resolves when the window has room for another call, or when the signal fires. A source of calls waits here. */
  ready(signal?: AbortSignal): Promise<void> {
    return this.#window.room(signal)
  }

  /**
   * Makes a call, with as many tries as the settings allow.
   * @throws CallFailedError
   */
  async submit(request: EndpointRequest, signal: AbortSignal): Promise<CallOutcome> {
    const call: Call = { request, signal, tries: 0 }
    let attempts: CallError[] | undefined
    this.#window.enter()
    try {
      for (;;) {
        try {
          const reply = await this.#queue.add(() => this.#try(call), attempts && before)
          this.#counters.done += 1
          return { reply, tries: call.tries }
        } catch (error) {
          if (!(error instanceof CallError)) throw error
          attempts ??= []
          attempts.push(error)
          await this.#waitForNextTry(call, attempts)
        }
      }
    } finally {
      this.#window.leave()
    }
  }

  /** Without caps and pauses there is nothing to wait for, and every promise counts here. */
  #try(call: Call): Promise<EndpointReply> {
    return this.#rates.isOpen ? this.#send(call, null) : this.#admit(call)
  }

  async #admit(call: Call): Promise<EndpointReply> {
    if (call.signal.aborted) throw abortedError()
    return this.#send(call, await this.#rates.admit(call.request, call.signal))
  }

  async #send(call: Call, admission: Admission | null): Promise<EndpointReply> {
    const { request, signal } = call
    if (signal.aborted) throw abortedError()
    call.tries += 1
    this.#counters.inFlight += 1
    try {
      const reply = await this.endpoint.complete(request, signal)
      this.#counters.addUsage(reply.usage)
      if (admission) this.#rates.settle(admission, reply.usage)
      if (this.#concurrency.succeeded()) this.#applyConcurrency()
      return reply
    } catch (error) {
      if (error instanceof CallError) this.#noteFailure(error)
      throw error
    } finally {
      this.#counters.inFlight -= 1
    }
  }

  /** Runs before the queue starts the next request, which must know of a rate limit already. */
  #noteFailure(error: CallError): void {
    this.#counters.addFailure(error.kind)
    if (error.kind !== 'rate-limit') return
    if (this.#concurrency.rateLimited()) this.#applyConcurrency()
    this.#rates.pause(saneRetryAfter(error, this.#settings) ?? 0)
  }

  /** @throws CallFailedError when the call is given up */
  async #waitForNextTry(call: Call, attempts: readonly CallError[]): Promise<void> {
    const latest = attempts.at(-1)!
    const decision = decideRetry(attempts, this.#settings)
    if (decision.kind === 'give-up') {
      this.#counters.failed += 1
      const fatal = latest.fatal ? this.endpoint.explain?.(latest) : undefined
      throw new CallFailedError(decision.reason, attempts, call.tries, fatal)
    }
    this.#counters.retries += 1
    if (latest.kind === 'rate-limit') this.#rates.pause(decision.delayMs)
    await sleep(decision.delayMs, call.signal)
  }

  #applyConcurrency(): void {
    this.#queue.concurrency = this.#concurrency.current
  }
}

/** Makes the queue of an endpoint; what `settings` leaves out has the defaults of {@link queueSettings}. */
export function createCallQueue(endpoint: Endpoint, settings: Partial<QueueSettings> = {}): CallQueue {
  return new CallQueue(endpoint, queueSettings(settings))
}
