import type { Dispatcher } from 'undici'
import type { Redactor } from '../../core/redact.ts'
import type { BaseUrl } from '../base-url.ts'
import { type EndpointOptions, endpointDefaults } from '../endpoint-options.ts'
import { flattenHeaders } from '../request-headers.ts'
import { createDispatcher } from './dispatcher.ts'

/** How a client reaches its server. */
export interface Connection {
  readonly dispatcher: Dispatcher
  readonly base: BaseUrl
  /** Name, value, name, value, ...: sent with every request. */
  readonly headers: string[]
  /** Deadline of one exchange, in milliseconds. */
  readonly timeoutMs: number
  readonly redactor: Redactor
}

/** Opens a connection pool with the options' limits. `headers` go over the usual ones. */
export function createConnection(
  base: BaseUrl,
  headers: Readonly<Record<string, string>>,
  redactor: Redactor,
  options: EndpointOptions,
): Connection {
  const usual = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'heed' }
  return {
    dispatcher: createDispatcher({
      connections: options.connections ?? endpointDefaults.connections,
      connectTimeoutMs: options.connectTimeoutMs ?? endpointDefaults.connectTimeoutMs,
      maxReplyBytes: options.maxReplyBytes ?? endpointDefaults.maxReplyBytes,
      environment: options.environment ?? process.env,
    }),
    base,
    headers: flattenHeaders({ ...usual, ...headers }),
    timeoutMs: options.timeoutMs ?? endpointDefaults.timeoutMs,
    redactor,
  }
}
