import { canonicalJson, sha256 } from '../core/hash.ts'
import type { EndpointKind } from './endpoint.ts'
import type { EndpointOptions } from './endpoint-options.ts'

/**
 * Identity of a live endpoint: `openai https://host/v1 model`, then `rev=...` and a digest of the options that can
 * change a reply, where there are any. Header values count with their `${NAME}` references unexpanded.
 * @param address base URL without user information and query
 */
export function endpointIdentity(kind: EndpointKind, address: string, model: string, options: EndpointOptions): string {
  const { sampling, system, headers, thinking, revision } = options
  const settings = canonicalJson({
    sampling: isEmpty(sampling) ? undefined : sampling,
    system,
    headers: isEmpty(headers) ? undefined : headers,
    thinking: thinking === 'auto' ? undefined : thinking,
  })
  const parts = [kind, address, model]
  if (revision !== undefined) parts.push(`rev=${revision}`)
  if (settings !== '{}') parts.push(`options=${sha256(settings).slice(0, 12)}`)
  return parts.join(' ')
}

function isEmpty(value: object | undefined): boolean {
  return value === undefined || Object.keys(value).length === 0
}
