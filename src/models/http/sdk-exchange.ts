import type { Connection } from './connection.ts'
import { exchange, type HttpReply } from './exchange.ts'
import { httpFailure } from './http-failure.ts'
import { parseJsonReply } from './json-reply.ts'

/** What the SDKs hand over for one request. */
export interface SdkRequest {
  readonly path: string
  readonly body?: unknown
  readonly signal?: AbortSignal | null | undefined
}

const neverAborted = new AbortController()

/**
 * Sends a request that an SDK has put together and returns what its `APIPromise` wants to parse. The SDKs' own way of
 * sending builds headers, abort controllers and log records for each call, which costs several times what the exchange
 * itself does.
 * @throws CallError, never an error of the SDK
 */
export async function sdkExchange(connection: Connection, request: SdkRequest): Promise<SdkReply> {
  const { dispatcher, base, headers, timeoutMs, redactor } = connection
  const { origin } = base
  const path = `${base.path}${request.path}`
  const body = JSON.stringify(request.body)
  const signal = request.signal ?? neverAborted.signal
  const reply = await exchange(dispatcher, { origin, path, method: 'POST', headers, body, timeoutMs }, signal)
  if (reply.status < 200 || reply.status > 299) throw httpFailure(reply, origin, (text) => redactor.message(text))
  return {
    response: new JsonResponse(reply, connection),
    controller: neverAborted,
    requestLogID: '',
    retryOfRequestLogID: undefined,
    startTime: 0,
  }
}

export interface SdkReply {
  readonly response: JsonResponse
  readonly controller: AbortController
  readonly requestLogID: string
  readonly retryOfRequestLogID: undefined
  readonly startTime: number
}

/** Whatever came is read as JSON, so that there is one place to fail. */
const jsonHeaders = { get: (name: string) => (name === 'content-type' ? 'application/json' : null) }

/** As much of a `Response` as the SDKs read. */
export class JsonResponse {
  readonly status = 200
  readonly url = ''
  readonly headers = jsonHeaders
  readonly #reply: HttpReply
  readonly #connection: Connection

  constructor(reply: HttpReply, connection: Connection) {
    this.#reply = reply
    this.#connection = connection
  }

  async json(): Promise<unknown> {
    const { redactor, base } = this.#connection
    return parseJsonReply(this.#reply, redactor.reply(this.#reply.text), base.origin)
  }
}
