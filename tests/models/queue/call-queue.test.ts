import { describe, expect, it } from 'vitest'
import { EndpointError } from '../../../src/core/errors.ts'
import { mulberry32 } from '../../../src/core/random.ts'
import { CallFailedError } from '../../../src/models/queue/call-failed-error.ts'
import { createCallQueue } from '../../../src/models/queue/call-queue.ts'
import type { QueueSettings } from '../../../src/models/queue/queue-settings.ts'
import { never, request } from '../_call.ts'
import { failure, okReply, ScriptedEndpoint, wait } from './_scripted-endpoint.ts'

const quick: Partial<QueueSettings> = { concurrency: 8, firstDelayMs: 2, maxDelayMs: 10, random: mulberry32(1) }

async function failed(promise: Promise<unknown>): Promise<CallFailedError> {
  const error: unknown = await promise.then(
    () => new Error('Expected a failure, got a reply'),
    (reason: unknown) => reason,
  )
  if (error instanceof CallFailedError) return error
  throw error
}

describe('CallQueue', () => {
  it('answers, and says how many requests it took', async () => {
    const endpoint = new ScriptedEndpoint(async () => okReply)
    expect(await createCallQueue(endpoint, quick).submit(request(), never)).toEqual({ reply: okReply, tries: 1 })
  })

  it('never has more requests under way than allowed', async () => {
    const endpoint = new ScriptedEndpoint(async () => {
      await wait(5)
      return okReply
    })
    const queue = createCallQueue(endpoint, quick)
    await Promise.all(Array.from({ length: 40 }, () => queue.submit(request(), never)))
    expect(endpoint.mostOpen).toBe(8)
  })

  it.each(['server', 'network', 'timeout', 'rate-limit', 'malformed'] as const)(
    'tries again after a %s failure',
    async (kind) => {
      const endpoint = new ScriptedEndpoint(async (call) => {
        if (call < 2) throw failure(kind)
        return okReply
      })
      const queue = createCallQueue(endpoint, quick)
      expect(await queue.submit(request(), never)).toEqual({ reply: okReply, tries: 3 })
      expect(queue.stats).toMatchObject({ done: 1, failed: 0, retries: 2, failures: { [kind]: 2 } })
    },
  )

  it.each(['client', 'auth', 'not-found'] as const)('gives up at once after a %s failure', async (kind) => {
    const endpoint = new ScriptedEndpoint(async () => {
      throw failure(kind, { retryable: false, httpStatus: 400 })
    })
    const error = await failed(createCallQueue(endpoint, quick).submit(request(), never))
    expect(error).toMatchObject({ reason: 'not-retryable', tries: 1, message: `${kind} error` })
    expect(error.failure).toEqual({ kind, message: `${kind} error`, httpStatus: 400 })
    expect(endpoint.calls).toBe(1)
  })

  it.each([
    ['server', 4],
    ['malformed', 3],
    ['rate-limit', 6],
  ] as const)('gives up when the tries after %s failures are used up, and holds every error', async (kind, tries) => {
    const endpoint = new ScriptedEndpoint(async () => {
      throw failure(kind)
    })
    const settings = { ...quick, maxRetries: 3, maxMalformedRetries: 2, maxRateLimitRetries: 5 }
    const error = await failed(createCallQueue(endpoint, settings).submit(request(), never))
    expect(error).toMatchObject({ reason: 'retries-used-up', tries })
    expect(error.attempts).toHaveLength(tries)
    expect(error.message).toBe(`gave up after ${tries} tries: ${tries} x ${kind} error`)
  })

  it('names every kind of failure once in the final message', async () => {
    const endpoint = new ScriptedEndpoint(async (call) => {
      throw failure(call === 2 ? 'timeout' : 'server')
    })
    const error = await failed(createCallQueue(endpoint, { ...quick, maxRetries: 3 }).submit(request(), never))
    expect(error.message).toBe('gave up after 4 tries: 3 x server error; timeout error')
    expect(error.failure.kind).toBe('server')
  })

  it('hands a fatal error on in words for the user', async () => {
    const endpoint = new ScriptedEndpoint(async () => {
      throw failure('auth', { retryable: false, fatal: true })
    })
    const explained = new EndpointError('endpoint-auth', 'the key is wrong')
    const queue = createCallQueue(Object.assign(endpoint, { explain: () => explained }), quick)
    expect((await failed(queue.submit(request(), never))).fatal).toBe(explained)
  })

  it('waits as long as the server asks, if that is sane', async () => {
    const endpoint = new ScriptedEndpoint(async (call) => {
      if (call === 0) throw failure('server', { retryAfterMs: 60 })
      return okReply
    })
    await createCallQueue(endpoint, quick).submit(request(), never)
    expect(endpoint.times[1]).toBeGreaterThanOrEqual(59)

    const insane = new ScriptedEndpoint(async (call) => {
      if (call === 0) throw failure('server', { retryAfterMs: 86_400_000 })
      return okReply
    })
    await createCallQueue(insane, quick).submit(request(), never)
    expect(insane.times[1]).toBeLessThan(1000)
  })

  it('holds everybody back while a rate limit asks for it', async () => {
    const endpoint = new ScriptedEndpoint(async (call) => {
      if (call === 0) throw failure('rate-limit', { retryAfterMs: 80 })
      return okReply
    })
    const queue = createCallQueue(endpoint, { ...quick, concurrency: 1, window: 9 })
    await Promise.all(Array.from({ length: 4 }, () => queue.submit(request(), never)))
    expect(Math.min(...endpoint.times.slice(1))).toBeGreaterThanOrEqual(79)
  })

  it('cuts concurrency after a rate limit, but not after a server error', async () => {
    for (const [kind, expected] of [
      ['rate-limit', 6],
      ['server', 8],
    ] as const) {
      const endpoint = new ScriptedEndpoint(async (call) => {
        if (call < 8) throw failure(kind)
        return okReply
      })
      const queue = createCallQueue(endpoint, { ...quick, cooldownMs: 60_000 })
      await Promise.all(Array.from({ length: 8 }, () => queue.submit(request(), never)))
      expect(queue.stats).toMatchObject({ concurrency: expected, limit: 8 })
    }
  })

  it('obeys the cut concurrency', async () => {
    let limited = true
    const endpoint = new ScriptedEndpoint(async () => {
      if (limited) {
        limited = false
        throw failure('rate-limit', { retryAfterMs: 20 })
      }
      await wait(3)
      return okReply
    })
    const queue = createCallQueue(endpoint, { ...quick, cooldownMs: 60_000, window: 100 })
    await queue.submit(request(), never)
    endpoint.mostOpen = 0
    await Promise.all(Array.from({ length: 30 }, () => queue.submit(request(), never)))
    expect(endpoint.mostOpen).toBe(6)
  })

  it('never tries again once the signal has fired, and wakes those that wait', async () => {
    const controller = new AbortController()
    const endpoint = new ScriptedEndpoint(async () => {
      throw failure('server', { retryAfterMs: 60_000 })
    })
    const queue = createCallQueue(endpoint, { ...quick, concurrency: 2, window: 20 })
    const errors = Array.from({ length: 6 }, () => failed(queue.submit(request(), controller.signal)))
    await wait(20)
    controller.abort()
    for (const error of await Promise.all(errors)) {
      expect(error).toMatchObject({ reason: 'aborted', failure: { kind: 'aborted' }, tries: 1 })
    }
    expect(endpoint.calls).toBe(6)
    expect(await failed(queue.submit(request(), controller.signal))).toMatchObject({ reason: 'aborted', tries: 0 })
    expect(endpoint.calls).toBe(6)
  })

  it('lets a bug through as it is', async () => {
    const endpoint = new ScriptedEndpoint(async () => {
      throw new TypeError('a bug')
    })
    const queue = createCallQueue(endpoint, quick)
    await expect(queue.submit(request(), never)).rejects.toThrow(TypeError)
    expect(queue.stats).toMatchObject({ inFlight: 0, waiting: 0 })
  })

  it('makes its source wait, so that a million items never pile up', async () => {
    const endpoint = new ScriptedEndpoint(async () => {
      await wait(1)
      return okReply
    })
    const queue = createCallQueue(endpoint, { ...quick, window: 20 })
    let most = 0
    const answers: Promise<unknown>[] = []
    for (let item = 0; item < 300; item += 1) {
      await queue.ready(never)
      answers.push(queue.submit(request(), never))
      most = Math.max(most, queue.stats.inFlight + queue.stats.waiting)
    }
    await Promise.all(answers)
    expect(most).toBe(20)
    expect(queue.stats).toMatchObject({ done: 300, inFlight: 0, waiting: 0, inputTokens: 3000, outputTokens: 1500 })
  })

  it('lets a waiting source go when the signal fires', async () => {
    const controller = new AbortController()
    const endpoint = new ScriptedEndpoint((_call, _request, signal) => {
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(failure('aborted'))))
    })
    const queue = createCallQueue(endpoint, { ...quick, concurrency: 1, window: 1 })
    const error = failed(queue.submit(request(), controller.signal))
    const ready = queue.ready(controller.signal)
    setTimeout(() => controller.abort(), 10)
    await ready
    await error
  })

  it('tries again before it begins new calls', async () => {
    const order: string[] = []
    const endpoint = new ScriptedEndpoint(async (call, { meta }) => {
      order.push(meta.item!)
      if (call === 0) throw failure('server')
      await wait(15)
      return okReply
    })
    const queue = createCallQueue(endpoint, { ...quick, concurrency: 1, window: 9 })
    await Promise.all(['a', 'b', 'c'].map((item) => queue.submit(request({}, { item }), never)))
    expect(order).toEqual(['a', 'b', 'a', 'c'])
  })

  it('keeps a cap of requests per minute', async () => {
    const endpoint = new ScriptedEndpoint(async () => okReply)
    const queue = createCallQueue(endpoint, { ...quick, requestsPerMinute: 1200 })
    await Promise.all(Array.from({ length: 26 }, () => queue.submit(request(), never)))
    // 20 at once (one second's worth), then one every 50 ms.
    expect(endpoint.times[19]).toBeLessThan(45)
    expect(endpoint.times[25]).toBeGreaterThan(280)
    expect(endpoint.times[25]).toBeLessThan(600)
  })

  it('keeps a cap of tokens per minute, counting what was really used', async () => {
    const usage = { inputTokens: 1000, outputTokens: 0, reasoningTokens: null }
    const endpoint = new ScriptedEndpoint(async () => ({ ...okReply, usage }))
    const queue = createCallQueue(endpoint, { ...quick, concurrency: 1, tokensPerMinute: 600_000 })
    for (let call = 0; call < 13; call += 1) await queue.submit(request({ sampling: { maxTokens: 1 } }), never)
    // 10 000 tokens a second: ten calls at once, then one every 100 ms.
    expect(endpoint.times[9]).toBeLessThan(80)
    expect(endpoint.times[12]).toBeGreaterThan(150)
    expect(endpoint.times[12]).toBeLessThan(500)
  })
})
