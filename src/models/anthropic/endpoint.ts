import type Anthropic from '@anthropic-ai/sdk'
import type { EndpointError } from '../../core/errors.ts'
import { mergeSampling } from '../../core/sampling.ts'
import { AnthropicBatchApi } from '../batch/batch-api.ts'
import { CallError } from '../call-error.ts'
import type { BatchForm, Endpoint, EndpointReply, EndpointRequest } from '../endpoint.ts'
import { type EndpointPlace, missingKey, toEndpointError } from '../endpoint-errors.ts'
import type { EndpointOptions } from '../endpoint-options.ts'
import type { Connection } from '../http/connection.ts'
import { exchange } from '../http/exchange.ts'
import { httpFailure } from '../http/http-failure.ts'
import { parseJsonReply } from '../http/json-reply.ts'
import { withSystemPrompt } from '../prepare-messages.ts'
import { probeWithPatience } from '../probe-patience.ts'
import { LeanAnthropic } from './client.ts'
import { readMessage } from './read-message.ts'
import { messagesBody } from './request-body.ts'

/** Everything that is fixed when an endpoint is made. */
export interface AnthropicEndpointSettings {
  readonly id: string
  readonly model: string
  readonly connection: Connection
  readonly place: EndpointPlace
  readonly options: EndpointOptions
}

type Body = Anthropic.MessageCreateParamsNonStreaming

/** Anthropic's Messages API. */
export class AnthropicEndpoint implements Endpoint {
  readonly kind = 'anthropic'
  readonly dependsOnMeta = false
  readonly id: string
  readonly model: string
  readonly #client: LeanAnthropic
  readonly #settings: AnthropicEndpointSettings

  constructor(settings: AnthropicEndpointSettings) {
    this.id = settings.id
    this.model = settings.model
    this.#settings = settings
    this.#client = new LeanAnthropic(settings.connection)
  }

  async complete(request: EndpointRequest, signal: AbortSignal): Promise<EndpointReply> {
    const { connection, place } = this.#settings
    const missing = missingKey(place)
    if (missing) throw missing
    const body = this.#body(request) as unknown as Body
    // The SDK refuses long generations without a time-out of their own; the deadline of the exchange holds.
    const raw: unknown = await this.#client.messages.create(body, { signal, timeout: connection.timeoutMs })
    return readMessage(raw, connection.base.origin)
  }

  get batch(): BatchForm {
    const { connection } = this.#settings
    return {
      kind: 'anthropic',
      address: connection.base.address,
      api: new AnthropicBatchApi(connection),
      thinking: 'keep',
      body: (request) => this.#body(request),
    }
  }

  #body({ messages, sampling, replyFormat }: EndpointRequest): Record<string, unknown> {
    const { options } = this.#settings
    const merged = options.sampling ? mergeSampling(sampling, options.sampling) : sampling
    return messagesBody(this.model, withSystemPrompt(messages, options.system), merged, replyFormat)
  }

  async probe(signal: AbortSignal): Promise<void> {
    const { place } = this.#settings
    const missing = missingKey(place)
    if (missing) throw toEndpointError(missing, place)
    try {
      await probeWithPatience(() => this.#retrieveModel(signal), signal)
    } catch (error) {
      throw error instanceof CallError ? toEndpointError(error, place) : error
    }
  }

  explain(error: CallError): EndpointError {
    return toEndpointError(error, this.#settings.place)
  }

  async close(): Promise<void> {
    await this.#settings.connection.dispatcher.destroy()
  }

  async #retrieveModel(signal: AbortSignal): Promise<void> {
    const { dispatcher, base, headers, redactor } = this.#settings.connection
    const path = `${base.path}/v1/models/${encodeURIComponent(this.model)}`
    const request = { origin: base.origin, path, method: 'GET', headers, timeoutMs: 30_000 } as const
    const reply = await exchange(dispatcher, request, signal)
    if (reply.status !== 200) throw httpFailure(reply, base.origin, (text) => redactor.message(text))
    parseJsonReply(reply, base.origin, redactor)
  }
}
