import Anthropic from '@anthropic-ai/sdk'
import { APIPromise } from '@anthropic-ai/sdk/core/api-promise'
import type { Connection } from '../http/connection.ts'
import { sdkExchange } from '../http/sdk-exchange.ts'

type RequestOptions = Parameters<Anthropic['request']>[0]
type SdkProps = Awaited<ConstructorParameters<typeof APIPromise>[1]>

/** The Anthropic SDK over a lean transport, see `LeanOpenAI`. */
export class LeanAnthropic extends Anthropic {
  readonly #connection: Connection

  constructor(connection: Connection) {
    // The headers of the connection are the ones that are sent; nothing of the environment may get into them.
    super({ apiKey: 'unused', webhookKey: null, baseURL: connection.base.origin, maxRetries: 0, logLevel: 'off' })
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
