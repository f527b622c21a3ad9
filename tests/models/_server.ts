import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

/** A request as the test server saw it. */
export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The parsed body, or null. */
  readonly json: Record<string, unknown> | null
  /** 0-based, over all requests to the same path. */
  readonly number: number
}

/** Answers one request; whatever is thrown ends the test. */
export type Answer = (request: SeenRequest, response: ServerResponse) => unknown

export interface TestServer {
  readonly origin: string
  /** Base URL for model specs. */
  readonly base: string
  readonly requests: SeenRequest[]
  /** Most requests that were open at once. */
  readonly mostOpen: () => number
}

/** A real HTTP server on 127.0.0.1 that is closed when the test ends. */
export async function startServer(answer: Answer): Promise<TestServer> {
  const requests: SeenRequest[] = []
  let open = 0
  let mostOpen = 0
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    open += 1
    mostOpen = Math.max(mostOpen, open)
    response.on('close', () => {
      open -= 1
    })
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const url = request.url ?? ''
      const number = requests.filter((each) => each.url === url).length
      const json = body === '' ? null : (JSON.parse(body) as Record<string, unknown>)
      const seen: SeenRequest = { method: request.method ?? '', url, headers: request.headers, body, json, number }
      requests.push(seen)
      answer(seen, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const origin = `http://127.0.0.1:${address.port}`
  return { origin, base: `${origin}/v1`, requests, mostOpen: () => mostOpen }
}

/** Sends a JSON reply. */
export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** A chat completion around a message. */
export function completion(
  message: Record<string, unknown>,
  finishReason: string | null = 'stop',
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'served-model',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finishReason }],
    usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
    ...more,
  }
}

/** Answers every chat request with the same text. */
export const answerHello: Answer = (_request, response) => sendJson(response, completion({ content: 'Hello.' }))
