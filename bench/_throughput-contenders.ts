import OpenAI from 'openai'
import pLimit from 'p-limit'
import { Agent, request } from 'undici'
import { createEndpoint } from '../src/models/create-endpoint.ts'
import type { EndpointRequest } from '../src/models/endpoint.ts'
import { createCallQueue } from '../src/models/queue/call-queue.ts'

/** A way to make many calls to one server. */
export interface Contender {
  readonly name: string
  /** Opens connections; the returned function makes `count` calls and resolves when all are answered. */
  start(baseUrl: string, concurrency: number): Promise<{ run(count: number): Promise<void>; stop(): Promise<void> }>
}

/** The conversation that every contender sends. */
export const messages = [
  { role: 'user' as const, content: 'Tell a story about a fox that counts its steps. '.repeat(10) },
]

function assertAnswer(text: string | null | undefined): void {
  if (!text || text.length < 100) throw new Error('The mock server has not answered as expected')
}

async function runLimited(count: number, concurrency: number, call: () => Promise<void>): Promise<void> {
  const limit = pLimit(concurrency)
  await Promise.all(Array.from({ length: count }, () => limit(call)))
}

/** The fastest way that an ordinary script would take. */
export const bareUndici: Contender = {
  name: 'undici request',
  async start(baseUrl, concurrency) {
    const dispatcher = new Agent({ connections: concurrency })
    const headers = { 'content-type': 'application/json', authorization: 'Bearer key-for-the-mock' }
    const call = async () => {
      const body = JSON.stringify({ model: 'mock', messages, temperature: 0 })
      const reply = await request(`${baseUrl}/chat/completions`, { method: 'POST', dispatcher, headers, body })
      const value = (await reply.body.json()) as OpenAI.ChatCompletion
      assertAnswer(value.choices[0]?.message.content)
    }
    return { run: (count) => runLimited(count, concurrency, call), stop: () => dispatcher.destroy() }
  },
}

/** What most harnesses do. */
export const plainSdk: Contender = {
  name: 'openai SDK with p-limit',
  async start(baseURL, concurrency) {
    const client = new OpenAI({ baseURL, apiKey: 'key-for-the-mock', maxRetries: 0 })
    const call = async () => {
      const value = await client.chat.completions.create({ model: 'mock', messages, temperature: 0 })
      assertAnswer(value.choices[0]?.message.content)
    }
    return { run: (count) => runLimited(count, concurrency, call), stop: async () => undefined }
  },
}

/** Our endpoint behind our queue, without the call log. */
export const ourQueue: Contender = {
  name: 'heed queue',
  async start(baseUrl, concurrency) {
    const endpoint = await createEndpoint(`${baseUrl}#mock`, {
      connections: concurrency,
      environment: { HEED_API_KEY_127_0_0_1: 'key-for-the-mock' },
    })
    const queue = createCallQueue(endpoint, { concurrency })
    const { signal } = new AbortController()
    const meta = { benchmark: 'bench', item: 'item', purpose: 'generate', sample: 0, attempt: 0, subject: 'mock' }
    const call: EndpointRequest = { messages, sampling: { temperature: 0 }, meta }
    const run = async (count: number) => {
      const answers: Promise<void>[] = []
      for (let made = 0; made < count; made += 1) {
        await queue.ready(signal)
        answers.push(queue.submit(call, signal).then(({ reply }) => assertAnswer(reply.text)))
      }
      await Promise.all(answers)
    }
    return { run, stop: async () => endpoint.close?.() }
  },
}
