import type { CallRequest } from '../core/call.ts'
import { canonicalJson, sha256 } from '../core/hash.ts'

/** What identifies an endpoint in a call key. */
export interface EndpointIdentity {
  /** Kind, address without secrets, model and revision. */
  readonly id: string
  /** True for recorded replies, which are looked up by item: then item and constraint take part in the key. */
  readonly dependsOnMeta: boolean
}

/**
 * Key of a call: sha256 over everything that can change the reply. Two equal requests are one call; a request that
 * differs in anything (a sampling setting, the sample index, the retry round, the template) is another.
 */
export function callKey(endpoint: EndpointIdentity, benchmark: string, request: CallRequest): string {
  const meta = endpoint.dependsOnMeta
    ? { benchmark, item: request.item ?? null, constraint: request.constraint ?? null }
    : undefined
  return sha256(
    canonicalJson({
      endpoint: endpoint.id,
      messages: request.messages,
      sampling: request.sampling,
      sample: request.sample,
      purpose: request.purpose,
      attempt: request.attempt ?? 0,
      template: request.templateHash,
      format: request.replyFormat,
      meta,
    }),
  )
}
