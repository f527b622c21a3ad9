import OpenAI from 'openai'
import type { APIPromise } from 'openai/core/api-promise'
import type { Connection } from '../http/connection.ts'
import { sdkExchange } from '../http/sdk-exchange.ts'

type PostOptions = Parameters<OpenAI['post']>[1]

/**
 * The OpenAI SDK over a lean transport: `post`, through which its resources create things, is the one seam that is
 * replaced. Requests fail with a `CallError`, never with an error of the SDK, and are never repeated.
 */
export class LeanOpenAI extends OpenAI {
  readonly #connection: Connection

  constructor(connection: Connection) {
    // The headers of the connection are the ones that are sent; nothing of the environment may get into them.
    super({
      apiKey: 'unused',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      baseURL: connection.base.address,
      maxRetries: 0,
      logLevel: 'off',
    })
    this.#connection = connection
  }

  /** The result can be awaited and nothing else: an `APIPromise` costs a tenth of a call. */
  override post<Reply>(path: string, options?: PostOptions): APIPromise<Reply> {
    return sdkExchange(this.#connection, path, options) as unknown as APIPromise<Reply>
  }
}
