import Anthropic from '@anthropic-ai/sdk'
import type { APIPromise } from '@anthropic-ai/sdk/core/api-promise'
import type { Connection } from '../http/connection.ts'
import { sdkExchange } from '../http/sdk-exchange.ts'

type PostOptions = Parameters<Anthropic['post']>[1]

/** The Anthropic SDK over a lean transport, see `LeanOpenAI`. */
export class LeanAnthropic extends Anthropic {
  readonly #connection: Connection

  constructor(connection: Connection) {
    // The headers of the connection are the ones that are sent; nothing of the environment may get into them.
    super({
      apiKey: 'unused',
      webhookKey: null,
      baseURL: connection.base.origin,
      maxRetries: 0,
      logLevel: 'off',
      openTelemetry: false,
    })
    this.#connection = connection
  }

  /** The result can be awaited and nothing else. */
  override post<Reply>(path: string, options?: PostOptions): APIPromise<Reply> {
    return sdkExchange(this.#connection, path, options) as unknown as APIPromise<Reply>
  }
}
