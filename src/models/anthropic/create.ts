import { UsageError } from '../../core/errors.ts'
import { Redactor } from '../../core/redact.ts'
import { readApiKey } from '../api-key.ts'
import { parseBaseUrl } from '../base-url.ts'
import { endpointIdentity } from '../endpoint-identity.ts'
import type { EndpointOptions } from '../endpoint-options.ts'
import { createConnection } from '../http/connection.ts'
import { expandHeaders } from '../request-headers.ts'
import { AnthropicEndpoint } from './endpoint.ts'

const anthropicAddress = 'https://api.anthropic.com'
const apiVersion = '2023-06-01'
const keyVariables = ['ANTHROPIC_API_KEY']

/**
 * Makes an endpoint for `anthropic/<model>`: Anthropic, or the server that `ANTHROPIC_BASE_URL` names.
 * @throws UsageError, EndpointError
 */
export function createAnthropic(model: string, options: EndpointOptions): AnthropicEndpoint {
  if (options.sampling?.seed !== undefined) {
    throw new UsageError('no-seed', 'Expected no sampling seed for an Anthropic model: its API has none')
  }
  const environment = options.environment ?? process.env
  const redactor = options.redactor ?? new Redactor(environment)
  // The SDK's paths begin with /v1 themselves.
  const base = withoutVersion(environment.ANTHROPIC_BASE_URL?.trim() || anthropicAddress)
  const key = readApiKey(keyVariables, options, environment, redactor)
  const own = expandHeaders(options.headers ?? {}, environment, redactor)
  const headers = {
    'anthropic-version': apiVersion,
    ...(key ? { 'x-api-key': key.value } : {}),
    ...own,
  }
  const place = {
    address: base.address,
    model,
    keyVariable: key?.variable ?? null,
    keyVariables,
    keyIsRequired: base.address === anthropicAddress && !('x-api-key' in own || 'authorization' in own),
  }
  const connection = createConnection(base, headers, redactor, options)
  const id = endpointIdentity('anthropic', base.address, model, options)
  return new AnthropicEndpoint({ id, model, connection, place, options })
}

function withoutVersion(text: string) {
  const base = parseBaseUrl(text, '')
  const path = base.path.replace(/\/v1$/, '')
  return { ...base, path, address: `${base.origin}${path}` }
}
