import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'

/** Settings of a connection pool. */
export interface DispatcherOptions {
  /** Most connections to one host; more requests wait. */
  readonly connections: number
  /** Longest wait for a connection, in milliseconds. */
  readonly connectTimeoutMs: number
  /** Largest reply in bytes. */
  readonly maxReplyBytes: number
  readonly environment: Readonly<Record<string, string | undefined>>
}

const proxyVariables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']
/** No proxy can reach what listens on this machine. */
const thisMachine = 'localhost,127.0.0.1,[::1]'

/**
 * Connection pool with keep-alive, one request at a time on a connection. Proxies of the environment (`HTTPS_PROXY`,
 * `HTTP_PROXY`, `NO_PROXY`, also in lower case) are used where they are set, but never for this machine itself.
 *
 * Idle connections are dropped after undici's 4 s: common servers close theirs after 5 s, and a request sent into a
 * connection that is just being closed is lost.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { environment } = options
  const settings = {
    connections: options.connections,
    pipelining: 1,
    connect: { timeout: options.connectTimeoutMs },
    maxResponseSize: options.maxReplyBytes,
    // The whole exchange has one deadline of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
  }
  if (!proxyVariables.some((name) => environment[name])) return new Agent(settings)
  const exceptions = environment.no_proxy ?? environment.NO_PROXY ?? ''
  return new EnvHttpProxyAgent({
    ...settings,
    httpProxy: environment.http_proxy ?? environment.HTTP_PROXY ?? '',
    httpsProxy: environment.https_proxy ?? environment.HTTPS_PROXY ?? '',
    noProxy: exceptions.trim() === '*' ? '*' : `${exceptions},${thisMachine}`,
  })
}
