import OpenAI from 'openai'
import { APIPromise } from 'openai/core/api-promise'
import type { Connection } from '../http/connection.ts'
import { sdkExchange } from '../http/sdk-exchange.ts'

type RequestOptions = Parameters<OpenAI['request']>[0]
type SdkProps = Awaited<ConstructorParameters<typeof APIPromise>[1]>

/**
 * The OpenAI SDK over a lean transport: `request`, through which its resources go, is the one seam that is replaced.
 * Requests fail with a `CallError`, never with an error of the SDK, and are never repeated.
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

  override request<Reply>(options: RequestOptions): APIPromise<Reply> {
    return new APIPromise<Reply>(this, this.#send(options))
  }

  async #send(request: RequestOptions): Promise<SdkProps> {
    const options = await request
    const reply = await sdkExchange(this.#connection, options)
    return { ...reply, options, response: reply.response as unknown as SdkProps['response'] }
  }
}
