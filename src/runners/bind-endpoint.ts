import type { CallRequest, CallRole, Usage } from '../core/call.ts'
import type { Message } from '../core/message.ts'
import type { Redactor } from '../core/redact.ts'
import { createEndpoint } from '../models/create-endpoint.ts'
import type { BatchForm, Endpoint, EndpointRequest } from '../models/endpoint.ts'
import { estimateTokens } from '../models/price/estimate-tokens.ts'
import { costOf, costOfUsage, loadPrices, type Price } from '../models/price/price-table.ts'
import { CallFailedError } from '../models/queue/call-failed-error.ts'
import { createCallQueue } from '../models/queue/call-queue.ts'
import type { Budget } from './budget.ts'
import type { CallTarget, TargetOutcome } from './call-target.ts'
import type { EndpointSpec, RunSpec } from './run-spec.ts'
import type { EndpointQueue, SharedQueues } from './shared-queues.ts'
import type { StopSwitch } from './stop.ts'

/** An endpoint in its role, with queue and price. */
export interface BoundEndpoint {
  readonly role: CallRole
  readonly target: CallTarget
  /** Model id as asked for. */
  readonly modelName: string
  readonly concurrency: number
  /** False for recorded replies. */
  readonly isPaid: boolean
  readonly price: Price | null
  /** Responses recorded per item, for a replay file. */
  readonly recordedSamples: number | undefined
  /** Whether a response is recorded for an item; undefined for live endpoints. */
  readonly answers: ((benchmark: string, item: string, messages: readonly Message[]) => boolean) | undefined
  /** How a call looks in a batch file; null where calls are not sent anywhere. */
  readonly batch: BatchTarget | null
  figures(): { inFlight: number; concurrency: number; retries: number }
  /** @throws EndpointError when it cannot be used */
  probe(signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** An endpoint as batch files see it. */
export interface BatchTarget extends Omit<BatchForm, 'body' | 'api'> {
  body(benchmark: string, request: CallRequest): Record<string, unknown>
}

export interface BindOptions {
  readonly spec: Pick<RunSpec, 'prices' | 'systemPrompt'>
  readonly redactor: Redactor
  readonly budget: Budget | null
  readonly stop: StopSwitch
  /** Name of the checkpoint under test: recorded judge replies are looked up by it. Its own for the role `model`. */
  readonly subject: string | null
  /** Queues that this run shares with others. */
  readonly queues?: SharedQueues | undefined
}

/** Tokens that a call without a limit is assumed to give at most, when a budget has to be kept. */
const unlimitedOutputTokens = 32_768

/** Makes an endpoint with its queue, and binds it to a role of the run. */
export async function bindEndpoint(
  role: CallRole,
  endpointSpec: EndpointSpec,
  options: BindOptions,
): Promise<BoundEndpoint> {
  const { spec, redactor, budget, stop } = options
  const endpoint = await createEndpoint(endpointSpec.model, {
    redactor,
    headers: endpointSpec.headers,
    apiKeyEnv: endpointSpec.apiKeyEnv ?? undefined,
    revision: endpointSpec.revision ?? undefined,
    thinking: endpointSpec.thinking,
    sampling: endpointSpec.extraBody && { extraBody: endpointSpec.extraBody },
    system: role === 'model' ? (spec.systemPrompt ?? undefined) : undefined,
    timeoutMs: endpointSpec.timeoutSeconds * 1000,
    connections: Math.max(endpointSpec.concurrency, 16),
  })
  const settings = {
    concurrency: endpointSpec.concurrency,
    requestsPerMinute: endpointSpec.requestsPerMinute,
    tokensPerMinute: endpointSpec.tokensPerMinute,
    maxRetries: endpointSpec.maxRetries,
  }
  const queue: EndpointQueue =
    options.queues && endpointSpec.queue !== undefined
      ? options.queues.join(endpointSpec.queue, stoppable(endpoint, stop), settings)
      : createCallQueue(stoppable(endpoint, stop), settings)
  const isPaid = endpoint.kind === 'openai' || endpoint.kind === 'anthropic'
  const price = isPaid ? (await loadPrices(spec.prices)).of(endpoint) : null
  return {
    role,
    target: new QueueTarget(
      endpoint,
      endpointName(endpointSpec.model, endpoint.model),
      queue,
      price,
      budget,
      options.subject ?? endpoint.model,
    ),
    modelName: endpoint.model,
    concurrency: endpointSpec.concurrency,
    isPaid,
    price,
    recordedSamples: endpoint.recordedSamples,
    answers: endpoint.answers && answersOf(endpoint),
    batch: endpoint.batch ? batchTarget(endpoint.batch) : null,
    figures: () => {
      const { inFlight, concurrency, retries } = queue.stats
      return isPaid ? { inFlight, concurrency, retries } : { inFlight: 0, concurrency: 0, retries }
    },
    probe: async (signal) => endpoint.probe?.(signal),
    close: async () => endpoint.close?.(),
  }
}

function batchTarget({ kind, address, thinking, body }: BatchForm): BatchTarget {
  return {
    kind,
    address,
    thinking,
    body: (benchmark, { messages, sampling, replyFormat, purpose, sample, attempt = 0 }) =>
      body({ messages, sampling, replyFormat, meta: { benchmark, purpose, sample, attempt, subject: '' } }),
  }
}

function answersOf(endpoint: Endpoint): NonNullable<BoundEndpoint['answers']> {
  return (benchmark, item, messages) => {
    const meta = { benchmark, item, purpose: 'generate', sample: 0, attempt: 0, subject: endpoint.model }
    return endpoint.answers!({ messages, sampling: {}, meta })
  }
}

/** The model spec as typed, with the discovered model and without user and password. */
function endpointName(spec: string, model: string): string {
  const name = spec.trim().replace(/(\/\/)[^/@]*@/, '$1')
  return /^https?:/i.test(name) && !name.includes('#') ? `${name}#${model}` : name
}

/** Reaches an endpoint without making a call. @returns the model's name */
export async function probeEndpoint(spec: EndpointSpec, redactor: Redactor, signal: AbortSignal): Promise<string> {
  const endpoint = await createEndpoint(spec.model, { redactor, timeoutMs: spec.timeoutSeconds * 1000 })
  try {
    await endpoint.probe?.(signal)
    return endpoint.model
  } finally {
    await endpoint.close?.()
  }
}

/**
 * Draining and aborting are different for requests under way: the queue's signal (which ends waiting) is the drain, the
 * request's own is the abort.
 */
function stoppable(endpoint: Endpoint, stop: StopSwitch): Endpoint {
  const { kind, id, model, dependsOnMeta } = endpoint
  return {
    kind,
    id,
    model,
    dependsOnMeta,
    complete: (request: EndpointRequest) => endpoint.complete(request, stop.signal),
    ...(endpoint.explain ? { explain: (error) => endpoint.explain!(error) } : {}),
  }
}

class QueueTarget implements CallTarget {
  readonly id: string
  readonly name: string
  readonly dependsOnMeta: boolean
  readonly #queue: EndpointQueue
  readonly #price: Price | null
  readonly #budget: Budget | null
  readonly #subject: string

  constructor(
    endpoint: Endpoint,
    name: string,
    queue: EndpointQueue,
    price: Price | null,
    budget: Budget | null,
    subject: string,
  ) {
    this.id = endpoint.id
    this.name = name
    this.dependsOnMeta = endpoint.dependsOnMeta
    this.#queue = queue
    this.#price = price
    this.#budget = budget
    this.#subject = subject
  }

  async reserve({ messages, sampling }: CallRequest): Promise<number | null> {
    if (!this.#budget || !this.#price) return 0
    // The estimate of the prompt is doubled: it is one of characters, and the limit is a promise.
    const output = sampling.maxTokens ?? unlimitedOutputTokens
    const most = costOf(this.#price, 2 * estimateTokens(messages), output) ?? 0
    return (await this.#budget.reserve(most)) ? most : null
  }

  settle(reserved: number, actual: number): void {
    if (this.#price) this.#budget?.settle(reserved, actual)
  }

  pay(cost: number): void {
    this.#budget?.pay(cost)
  }

  cost(usage: Usage | null): number | null {
    return this.#price ? costOfUsage(this.#price, usage) : 0
  }

  async send(benchmark: string, request: CallRequest, stop: StopSwitch): Promise<TargetOutcome> {
    const { messages, sampling, replyFormat, item, constraint, purpose, sample, attempt = 0 } = request
    const meta = { benchmark, item, constraint, purpose, sample, attempt, subject: this.#subject }
    try {
      const { reply, tries } = await this.#queue.submit({ messages, sampling, replyFormat, meta }, stop.drainSignal)
      return { kind: 'reply', reply, tries }
    } catch (error) {
      if (!(error instanceof CallFailedError)) throw error
      const { failure, tries, fatal } = error
      return { kind: 'failure', failure, tries, ...(fatal ? { fatal } : {}) }
    }
  }
}
