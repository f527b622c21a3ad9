import type OpenAI from 'openai'
import type { EndpointError } from '../../core/errors.ts'
import { mergeSampling } from '../../core/sampling.ts'
import { OpenAIBatchApi } from '../batch/batch-api.ts'
import { CallError } from '../call-error.ts'
import type { BatchForm, Endpoint, EndpointReply, EndpointRequest } from '../endpoint.ts'
import { type EndpointPlace, missingKey, modelNotListed, toEndpointError } from '../endpoint-errors.ts'
import type { EndpointOptions } from '../endpoint-options.ts'
import type { Connection } from '../http/connection.ts'
import { withSystemPrompt } from '../prepare-messages.ts'
import { probeWithPatience } from '../probe-patience.ts'
import { blockedPrompt } from './blocked-prompt.ts'
import { LeanOpenAI } from './client.ts'
import { listModels } from './list-models.ts'
import { readCompletion } from './read-completion.ts'
import { type ChatRequest, chatBody } from './request-body.ts'
import { otherLimitName, preferredLimitName, refusesLimitName, type TokenLimitName } from './token-limit-name.ts'

/** Everything that is fixed when an endpoint is made. */
export interface OpenAIEndpointSettings {
  readonly id: string
  readonly model: string
  readonly connection: Connection
  readonly place: EndpointPlace
  readonly options: EndpointOptions
}

type Body = OpenAI.ChatCompletionCreateParamsNonStreaming

/** OpenAI and every server that speaks its chat completions. */
export class OpenAIEndpoint implements Endpoint {
  readonly kind = 'openai'
  readonly dependsOnMeta = false
  readonly id: string
  readonly model: string
  readonly #client: LeanOpenAI
  readonly #settings: OpenAIEndpointSettings
  readonly #redact: (text: string) => string
  readonly #missingKey: CallError | null
  #limitName: TokenLimitName
  #limitNameIsSettled = false

  constructor(settings: OpenAIEndpointSettings) {
    this.id = settings.id
    this.model = settings.model
    this.#settings = settings
    this.#missingKey = missingKey(settings.place)
    this.#client = new LeanOpenAI(settings.connection)
    this.#redact = (text) => settings.connection.redactor.message(text)
    this.#limitName = preferredLimitName(settings.connection.base.origin)
  }

  async complete(request: EndpointRequest, signal: AbortSignal): Promise<EndpointReply> {
    if (this.#missingKey) throw this.#missingKey
    const chat = this.#chatRequest(request)
    const limitName = this.#limitName
    try {
      // Awaited here: one layer of promises less in the path that every call takes.
      const raw: unknown = await this.#client.chat.completions.create(chatBody(chat, limitName) as unknown as Body, {
        signal,
      })
      return this.#read(raw)
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      const refused = blockedPrompt(error)
      if (refused) return refused
      if (chat.sampling.maxTokens === undefined || !refusesLimitName(error, limitName)) throw error
      return this.#completeWithOtherLimitName(chat, limitName, signal, error)
    }
  }

  get batch(): BatchForm {
    return {
      kind: 'openai',
      address: this.#settings.connection.base.address,
      api: new OpenAIBatchApi(this.#settings.connection),
      thinking: this.#settings.options.thinking ?? 'auto',
      body: (request) => chatBody(this.#chatRequest(request), this.#limitName),
    }
  }

  #chatRequest({ messages, sampling, replyFormat, meta }: EndpointRequest): ChatRequest {
    const { sampling: own, system } = this.#settings.options
    return {
      model: this.model,
      messages: withSystemPrompt(messages, system),
      sampling: own ? mergeSampling(sampling, own) : sampling,
      replyFormat,
      sample: meta.sample,
      attempt: meta.attempt,
    }
  }

  async probe(signal: AbortSignal): Promise<void> {
    const { connection, place } = this.#settings
    if (this.#missingKey) throw toEndpointError(this.#missingKey, place)
    let models: readonly string[]
    try {
      models = await probeWithPatience(() => listModels(connection, signal), signal)
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      // Some gateways have no list. A wrong address shows with the first call, which is fatal then.
      if (error.kind === 'not-found') return
      throw toEndpointError(error, place)
    }
    // Gateways that route by pattern serve more than they list: the smallest possible request tells.
    if (models.length > 0 && !models.includes(this.model)) await this.#probeWithRequest(models, signal)
  }

  explain(error: CallError): EndpointError {
    return toEndpointError(error, this.#settings.place)
  }

  async close(): Promise<void> {
    await this.#settings.connection.dispatcher.destroy()
  }

  #read(raw: unknown): EndpointReply {
    const { connection, options } = this.#settings
    return readCompletion(raw, connection.base.origin, options.thinking ?? 'auto', this.#redact)
  }

  /** Switches once and for all calls: those that were under way with the old name come here too. */
  async #completeWithOtherLimitName(
    chat: ChatRequest,
    refused: TokenLimitName,
    signal: AbortSignal,
    error: CallError,
  ): Promise<EndpointReply> {
    if (this.#limitNameIsSettled && this.#limitName === refused) throw error
    this.#limitName = otherLimitName(refused)
    this.#limitNameIsSettled = true
    const body = chatBody(chat, this.#limitName) as unknown as Body
    return this.#read(await this.#client.chat.completions.create(body, { signal }))
  }

  async #probeWithRequest(models: readonly string[], signal: AbortSignal): Promise<void> {
    const { place } = this.#settings
    const meta = { benchmark: '', purpose: 'probe', sample: 0, attempt: 0, subject: '' }
    const messages = [{ role: 'user', content: 'Hi' }] as const
    try {
      await this.complete({ messages, sampling: { maxTokens: 16 }, meta }, signal)
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      if (error.kind === 'not-found' || namesModel(error)) throw modelNotListed(this.model, models, place, error)
      if (error.fatal || error.kind === 'network' || error.kind === 'malformed') throw toEndpointError(error, place)
      // Anything else (a limit that is too small, a busy server) says that the model is there.
    }
  }
}

/** Some servers answer 400 for a model that they do not know. */
function namesModel(error: CallError): boolean {
  return (
    error.httpStatus === 400 &&
    /model.{0,80}(not (found|exist)|does not exist|unknown|invalid|not supported)/i.test(error.message)
  )
}
