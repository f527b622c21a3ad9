import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MockRequest {
  readonly body: {
    readonly model: string
    readonly messages: { role: string; content: string }[]
    readonly seed?: number
  }
  readonly headers: IncomingMessage['headers']
  /** How many chat requests came before. */
  readonly index: number
}

/** Answers a chat request: a text, or a function that writes whatever it likes. */
export type MockAnswer = (request: MockRequest) => string | ((response: ServerResponse) => void)

export interface MockModel {
  /** Base URL for a model spec. */
  readonly url: string
  readonly requests: readonly MockRequest[]
  readonly server: Server
  [Symbol.asyncDispose](): Promise<void>
}

/** An OpenAI-compatible server on the loopback interface that counts what it is asked. */
export async function startMockModel(answer: MockAnswer, options: { latencyMs?: number } = {}): Promise<MockModel> {
  const requests: MockRequest[] = []
  const server = createServer(async (incoming, response) => {
    if (incoming.url?.endsWith('/models')) {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'mock-model', object: 'model' }] }))
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as MockRequest['body']
    const request: MockRequest = { body, headers: incoming.headers, index: requests.length }
    requests.push(request)
    if (options.latencyMs) await new Promise((resolve) => setTimeout(resolve, options.latencyMs))
    const result = answer(request)
    if (typeof result === 'function') result(response)
    else sendCompletion(response, result)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    server,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Sends one chat completion. */
export function sendCompletion(response: ServerResponse, content: string | null, finishReason = 'stop'): void {
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      id: 'chatcmpl-mock',
      object: 'chat.completion',
      created: 1,
      model: 'mock-model',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finishReason }],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    }),
  )
}
