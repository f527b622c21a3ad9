import type { Connection } from './connection.ts'
import { exchange } from './exchange.ts'
import { httpFailure } from './http-failure.ts'
import { parseJsonReply } from './json-reply.ts'

/** What the SDKs hand over with a path. */
export interface SdkOptions {
  readonly body?: unknown
  readonly signal?: AbortSignal | null | undefined
}

const neverAborted = new AbortController().signal

/**
 * Posts a request that an SDK has put together and returns the parsed reply. The SDKs' own way of sending builds
 * headers, abort controllers and log records for each call, which costs several times what the exchange itself does.
 * @throws CallError, never an error of the SDK
 */
export async function sdkExchange(
  connection: Connection,
  path: string,
  given: SdkOptions | PromiseLike<SdkOptions> = {},
): Promise<unknown> {
  const options = 'then' in given ? await given : given
  const { dispatcher, base, headers, timeoutMs, redactor } = connection
  const { origin } = base
  const body = JSON.stringify(options.body)
  const request = { origin, path: base.path + path, method: 'POST', headers, body, timeoutMs } as const
  const reply = await exchange(dispatcher, request, options.signal ?? neverAborted)
  if (reply.status < 200 || reply.status > 299) throw httpFailure(reply, origin, (text) => redactor.message(text))
  return parseJsonReply(reply, origin, redactor)
}
