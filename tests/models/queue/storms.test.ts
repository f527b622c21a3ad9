import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../../src/core/random.ts'
import { createCallQueue } from '../../../src/models/queue/call-queue.ts'
import { endpointFor, never, request } from '../_call.ts'
import { type Answer, completion, sendJson, startServer } from '../_server.ts'

const hello = completion({ content: 'Hello.' })

/** Sends 120 calls, each with its own prompt, through a queue to a server that misbehaves. */
async function storm(answer: Answer) {
  const answered = new Map<string, number>()
  const server = await startServer((seen, response) => {
    response.on('finish', () => {
      if (response.statusCode !== 200 || !response.writableEnded) return
      answered.set(seen.body, (answered.get(seen.body) ?? 0) + 1)
    })
    answer(seen, response)
  })
  const endpoint = await endpointFor(`${server.base}#m`, { connections: 16, timeoutMs: 2000 })
  const queue = createCallQueue(endpoint, {
    concurrency: 16,
    firstDelayMs: 5,
    maxDelayMs: 40,
    maxRetries: 30,
    cooldownMs: 50,
    random: mulberry32(3),
  })
  const outcomes: Promise<{ tries: number }>[] = []
  for (let call = 0; call < 120; call += 1) {
    await queue.ready(never)
    const messages = [{ role: 'user' as const, content: `Prompt ${call}` }]
    outcomes.push(queue.submit(request({ messages }), never))
  }
  const tries = (await Promise.all(outcomes)).reduce((sum, outcome) => sum + outcome.tries, 0)
  return { answered, tries, stats: queue.stats, server }
}

describe('a queue before a server that misbehaves', () => {
  it('gets every answer once through a storm of server errors, without cutting concurrency', async () => {
    const random = mulberry32(1)
    const { answered, tries, stats, server } = await storm((_seen, response) => {
      const dice = random()
      if (dice < 0.3) sendJson(response, { error: { message: 'overloaded' } }, 500)
      else if (dice < 0.4) response.destroy()
      else if (dice < 0.5) response.writeHead(503, { 'content-type': 'text/html' }).end('<html></html>')
      else sendJson(response, hello)
    })
    expect([...answered.values()]).toEqual(Array.from({ length: 120 }, () => 1))
    expect(tries).toBe(server.requests.length)
    expect(stats).toMatchObject({ done: 120, failed: 0, concurrency: 16, retries: tries - 120 })
    expect(stats.failures.server).toBeGreaterThan(0)
    expect(stats.failures.network).toBeGreaterThan(0)
  })

  it('gets every answer once through rate limits in every form, with cut concurrency', async () => {
    const forms: Record<string, string>[] = [
      { 'retry-after-ms': '20' },
      { 'retry-after': '0.02' },
      { 'retry-after': new Date(0).toUTCString() },
      { 'retry-after': 'soon' },
      {},
    ]
    const { answered, stats } = await storm((seen, response) => {
      if (seen.number % 4 === 0)
        sendJson(response, { error: { message: 'slow down' } }, 429, forms[(seen.number / 4) % 5])
      else sendJson(response, hello)
    })
    expect([...answered.values()]).toEqual(Array.from({ length: 120 }, () => 1))
    expect(stats).toMatchObject({ done: 120, failed: 0, limit: 16 })
    expect(stats.concurrency).toBeLessThan(16)
  })
})
