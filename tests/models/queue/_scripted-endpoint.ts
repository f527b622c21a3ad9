import type { CallFailure } from '../../../src/core/call.ts'
import { CallError, type CallErrorOptions } from '../../../src/models/call-error.ts'
import type { Endpoint, EndpointReply, EndpointRequest } from '../../../src/models/endpoint.ts'

export const okReply: EndpointReply = {
  status: 'ok',
  text: 'Hello.',
  reasoning: null,
  finishReason: 'stop',
  returnedModel: 'm',
  usage: { inputTokens: 10, outputTokens: 5, reasoningTokens: null },
  raw: {},
}

export function failure(kind: CallFailure['kind'], options: CallErrorOptions = {}): CallError {
  return new CallError(kind, `${kind} error`, { retryable: kind !== 'client' && kind !== 'aborted', ...options })
}

/** An endpoint that does what the test says, and counts. */
export class ScriptedEndpoint implements Endpoint {
  readonly kind = 'openai'
  readonly id = 'scripted'
  readonly model = 'm'
  readonly dependsOnMeta = false
  calls = 0
  open = 0
  mostOpen = 0
  /** Milliseconds since the first call, per call. */
  readonly times: number[] = []
  readonly #act: (call: number, request: EndpointRequest, signal: AbortSignal) => Promise<EndpointReply>
  #first = 0

  constructor(act: (call: number, request: EndpointRequest, signal: AbortSignal) => Promise<EndpointReply>) {
    this.#act = act
  }

  async complete(request: EndpointRequest, signal: AbortSignal): Promise<EndpointReply> {
    const call = this.calls
    this.calls += 1
    if (call === 0) this.#first = performance.now()
    this.times.push(performance.now() - this.#first)
    this.open += 1
    this.mostOpen = Math.max(this.mostOpen, this.open)
    try {
      return await this.#act(call, request, signal)
    } finally {
      this.open -= 1
    }
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
