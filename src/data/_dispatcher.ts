import { Agent, type Dispatcher, EnvHttpProxyAgent, interceptors } from 'undici'
import type { NetworkOptions } from './network-options.ts'

/** Connections for downloads: follows redirects and goes through the proxy that the environment names. */
export function downloadDispatcher(network: NetworkOptions): Dispatcher {
  const options = { connect: { timeout: network.headersTimeout }, keepAliveTimeout: 1000 }
  const hasProxy = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some((name) => process.env[name])
  const agent = hasProxy ? new EnvHttpProxyAgent(options) : new Agent(options)
  return agent.compose(interceptors.redirect({ maxRedirections: 5 }))
}
