import { describe, expect, it } from 'vitest'
import { CallError } from '../../src/models/call-error.ts'
import type { Endpoint, EndpointRequest } from '../../src/models/endpoint.ts'
import { CallFailedError } from '../../src/models/queue/call-failed-error.ts'
import { SharedQueues } from '../../src/runners/shared-queues.ts'

const meta = {
  benchmark: 'b',
  item: 'i',
  constraint: undefined,
  purpose: 'generate',
  sample: 0,
  attempt: 0,
  subject: 's',
}

function request(): EndpointRequest {
  return { messages: [], sampling: {}, meta } as unknown as EndpointRequest
}

function endpoint(model: string, complete: Endpoint['complete']): Endpoint {
  return { kind: 'openai', id: model, model, dependsOnMeta: false, complete }
}

const reply = (text: string) =>
  ({ status: 'ok', text, reasoning: null, finishReason: 'stop', returnedModel: null, usage: null, raw: null }) as const

describe('a shared queue', () => {
  it('holds one limit over all endpoints that joined it, and sends every call to its own', async () => {
    let underWay = 0
    let most = 0
    const busy = (name: string) =>
      endpoint(name, async () => {
        underWay += 1
        most = Math.max(most, underWay)
        await new Promise((resolve) => setTimeout(resolve, 5))
        underWay -= 1
        return reply(name)
      })
    const queues = new SharedQueues()
    const joined = ['a', 'b', 'c'].map((name) => queues.join('server', busy(name), { concurrency: 2 }))
    const signal = new AbortController().signal
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => joined[index % 3]!.submit(request(), signal)),
    )
    expect(most).toBe(2)
    expect(outcomes.map(({ reply }) => reply.text).slice(0, 6)).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
    expect(queues.stats).toHaveLength(1)
    expect(queues.stats[0]!.done).toBe(12)
  })

  it('is another one under another name', async () => {
    const queues = new SharedQueues()
    queues.join(
      'one',
      endpoint('a', async () => reply('a')),
      {},
    )
    queues.join(
      'two',
      endpoint('b', async () => reply('b')),
      {},
    )
    expect(queues.stats).toHaveLength(2)
  })

  it('lets the endpoint that failed explain its failure', async () => {
    const failing = (name: string): Endpoint => ({
      ...endpoint(name, async () => {
        throw new CallError('auth', 'no', { retryable: false, fatal: true })
      }),
      explain: () => new Error(`explained by ${name}`) as never,
    })
    const queues = new SharedQueues()
    queues.join(
      'server',
      endpoint('fine', async () => reply('x')),
      {},
    )
    const second = queues.join('server', failing('second'), {})
    const error = await second.submit(request(), new AbortController().signal).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(CallFailedError)
    expect((error as CallFailedError).fatal?.message).toBe('explained by second')
  })
})
