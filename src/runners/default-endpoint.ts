import type { EndpointSpec } from './run-spec.ts'

/** An endpoint with nothing set but its model spec. */
export function defaultEndpoint(model: string): EndpointSpec {
  return {
    model,
    headers: {},
    apiKeyEnv: null,
    revision: null,
    thinking: 'auto',
    concurrency: 32,
    requestsPerMinute: null,
    tokensPerMinute: null,
    maxRetries: 8,
    timeoutSeconds: 600,
  }
}
