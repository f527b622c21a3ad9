import { onTestFinished } from 'vitest'
import { Redactor } from '../../src/core/redact.ts'
import { CallError } from '../../src/models/call-error.ts'
import { createEndpoint } from '../../src/models/create-endpoint.ts'
import type { Endpoint, EndpointRequest } from '../../src/models/endpoint.ts'
import type { EndpointOptions } from '../../src/models/endpoint-options.ts'

/** The signal of a call that nobody stops. */
export const never = new AbortController().signal

/** A plain request with fields of the test's own. */
export function request(
  over: Partial<EndpointRequest> = {},
  meta: Partial<EndpointRequest['meta']> = {},
): EndpointRequest {
  return {
    messages: [{ role: 'user', content: 'Say hello.' }],
    sampling: {},
    ...over,
    meta: { benchmark: 'bench', item: 'item-1', purpose: 'generate', sample: 0, attempt: 0, subject: 'base', ...meta },
  }
}

/** An endpoint over an environment of the test's own, closed when the test ends. */
export async function endpointFor(spec: string, options: EndpointOptions = {}): Promise<Endpoint> {
  const environment = options.environment ?? {}
  const endpoint = await createEndpoint(spec, { redactor: new Redactor(environment), environment, ...options })
  onTestFinished(() => endpoint.close?.())
  return endpoint
}

/** The call error with which a promise fails. */
export async function callError(promise: Promise<unknown>): Promise<CallError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof CallError) return error
    throw error
  }
  throw new Error('Expected a CallError, got a reply')
}
