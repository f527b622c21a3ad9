import type { Dispatcher } from 'undici'
import { Redactor } from '../../../core/redact.ts'
import { hostKeyVariables, readApiKey } from '../../../models/api-key.ts'
import type { BaseUrl } from '../../../models/base-url.ts'
import { CallError } from '../../../models/call-error.ts'
import { createDispatcher } from '../../../models/http/dispatcher.ts'
import { exchange, type HttpReply } from '../../../models/http/exchange.ts'
import { httpFailure } from '../../../models/http/http-failure.ts'
import { parseJsonReply } from '../../../models/http/json-reply.ts'
import { expandHeaders, flattenHeaders } from '../../../models/request-headers.ts'
import type { RewardModelEndpointOptions } from './endpoint-options.ts'
import { nullForNaN } from './lenient-json.ts'

/** The connection to one reward model server. */
export interface RewardServer {
  readonly address: string
  /** @throws CallError `network`, `timeout`, `aborted`; any status is a reply */
  get(path: string): Promise<HttpReply>
  /**
   * @param isFinal tells error replies that no further try can mend
   * @throws CallError
   */
  post(path: string, body: unknown, isFinal?: (reply: HttpReply) => boolean): Promise<unknown>
  close(): Promise<void>
}

const defaultTimeoutMs = 60_000
const defaultProbeTimeoutMs = 5000
const connections = 256
const never = new AbortController().signal

/** Opens a connection pool. Sends nothing. @throws UsageError for a header or a key variable that is not there */
export function connectRewardServer(base: BaseUrl, options: RewardModelEndpointOptions): RewardServer {
  const environment = options.environment ?? process.env
  const redactor = options.redactor ?? new Redactor(environment)
  const { origin, path: prefix, address } = base
  const headers = flattenHeaders({
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'heed',
    ...authorization(base, options, environment, redactor),
    ...expandHeaders(options.headers ?? {}, environment, redactor),
  })
  const dispatcher: Dispatcher = createDispatcher({
    connections,
    connectTimeoutMs: 10_000,
    maxReplyBytes: 64 * 1024 * 1024,
    environment,
  })
  const signal = options.signal ?? never
  const redact = (text: string) => redactor.message(text)
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs
  const probeTimeoutMs = Math.min(options.probeTimeoutMs ?? defaultProbeTimeoutMs, timeoutMs)
  return {
    address,
    get: (path) => {
      const request = { origin, path: prefix + path, method: 'GET', headers, timeoutMs: probeTimeoutMs } as const
      return exchange(dispatcher, request, signal)
    },
    post: async (path, body, isFinal) => {
      const text = JSON.stringify(body)
      const request = { origin, path: prefix + path, method: 'POST', headers, body: text, timeoutMs } as const
      const reply = await exchange(dispatcher, request, signal)
      if (reply.status >= 200 && reply.status <= 299) {
        return parseJsonReply({ ...reply, text: nullForNaN(reply.text) }, origin, redactor)
      }
      const failure = httpFailure(reply, origin, redact)
      if (!isFinal?.(reply)) throw failure
      throw new CallError('client', failure.message, { httpStatus: reply.status })
    },
    close: async () => dispatcher.destroy(),
  }
}

function authorization(
  { origin, userInfo }: BaseUrl,
  options: RewardModelEndpointOptions,
  environment: Readonly<Record<string, string | undefined>>,
  redactor: Redactor,
): Record<string, string> {
  if (userInfo !== null) {
    const token = Buffer.from(userInfo, 'utf8').toString('base64')
    redactor.add(token)
    return { authorization: `Basic ${token}` }
  }
  const key = readApiKey(hostKeyVariables(origin), { apiKeyEnv: options.apiKeyEnv }, environment, redactor)
  return key ? { authorization: `Bearer ${key.value}` } : {}
}
