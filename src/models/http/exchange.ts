import type { Dispatcher } from 'undici'
import { abortedError, CallError } from '../call-error.ts'
import { onAbort } from './abort-fan-out.ts'
import { decodeBody } from './decode-body.ts'
import { networkFailure } from './network-failure.ts'
import { ResponseHeaders } from './response-headers.ts'

/** An HTTP request with its body in memory. */
export interface HttpRequest {
  readonly origin: string
  /** With query, without origin. */
  readonly path: string
  readonly method: 'GET' | 'POST'
  /** Name, value, name, value, ... */
  readonly headers: string[]
  readonly body?: string
  /** Deadline for the whole exchange, in milliseconds. */
  readonly timeoutMs: number
}

/** A complete HTTP response. */
export interface HttpReply {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly text: string
}

/**
 * Sends one request and reads the whole response.
 * @throws CallError `aborted`, `timeout` or `network`; any status is a reply
 */
export function exchange(dispatcher: Dispatcher, request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(request, signal, resolve, reject)
    if (handler.settled) return
    const { origin, path, method, headers, body } = request
    try {
      dispatcher.dispatch({ origin, path, method, headers, body: body ?? null }, handler)
    } catch (error) {
      handler.fail(networkFailure(error, origin))
    }
  })
}

/** Works on undici's `dispatch`: its `request` builds a stream for every body, which costs as much as the exchange. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  settled = false
  readonly #request: HttpRequest
  readonly #resolve: (reply: HttpReply) => void
  readonly #reject: (error: CallError) => void
  readonly #timer: NodeJS.Timeout
  readonly #release: () => void
  #controller: Dispatcher.DispatchController | undefined
  #status = 0
  #headers: ResponseHeaders | undefined
  readonly #chunks: Buffer[] = []

  constructor(
    request: HttpRequest,
    signal: AbortSignal,
    resolve: (reply: HttpReply) => void,
    reject: (error: CallError) => void,
  ) {
    this.#request = request
    this.#resolve = resolve
    this.#reject = reject
    this.#timer = setTimeout(() => this.fail(timedOut(request)), request.timeoutMs)
    this.#release = () => undefined
    this.#release = onAbort(signal, () => this.fail(abortedError()))
  }

  fail(error: CallError): void {
    if (!this.#settle()) return
    this.#controller?.abort(error)
    this.#reject(error)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.settled) controller.abort(abortedError())
  }

  onResponseStart(_controller: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return
    this.#status = status
    this.#headers = new ResponseHeaders(headers)
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (!this.#settle()) return
    const headers = this.#headers!
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    if (!headers.has('content-encoding')) {
      this.#resolve({ status: this.#status, headers, text: bytes.toString('utf8') })
      return
    }
    decodeBody(bytes, headers.get('content-encoding')!).then(
      (decoded) => this.#resolve({ status: this.#status, headers, text: decoded.toString('utf8') }),
      (cause: unknown) =>
        this.#reject(
          new CallError('malformed', 'the server compressed its reply in a way that cannot be read', {
            retryable: true,
            cause,
          }),
        ),
    )
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.#settle()) this.#reject(networkFailure(error, this.#request.origin))
  }

  #settle(): boolean {
    if (this.settled) return false
    this.settled = true
    clearTimeout(this.#timer)
    this.#release()
    return true
  }
}

function timedOut({ origin, timeoutMs }: HttpRequest): CallError {
  return new CallError('timeout', `no complete reply from ${origin} within ${timeoutMs / 1000} s`, { retryable: true })
}
