import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request of a batch file, whatever the provider. */
export interface BatchLine {
  readonly custom_id: string
  readonly body?: Record<string, unknown>
  readonly params?: Record<string, unknown>
}

/** A line of results for a request. */
export type BatchAnswer = (line: BatchLine) => unknown

export interface BatchServer {
  readonly url: string
  readonly origin: string
  /** What was asked, as `POST /v1/batches`. */
  readonly asked: readonly string[]
  readonly headers: readonly IncomingMessage['headers'][]
  [Symbol.asyncDispose](): Promise<void>
}

/** The batch APIs of OpenAI and Anthropic on the loopback interface: each batch has ended at the second look. */
export async function startBatchServer(answer: BatchAnswer): Promise<BatchServer> {
  const asked: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const files = new Map<string, string>()
  const batches = new Map<string, { looks: number; output: string; count: number }>()
  const run = (lines: readonly BatchLine[]) => {
    const output = `file-out-${batches.size}`
    files.set(output, lines.map((line) => `${JSON.stringify(answer(line))}\n`).join(''))
    const id = `batch_${batches.size}`
    batches.set(id, { looks: 0, output, count: lines.length })
    return id
  }
  const openAI = (id: string) => {
    const { looks, output, count } = batches.get(id)!
    const ended = looks > 1
    return {
      id,
      status: ended ? 'completed' : 'in_progress',
      request_counts: { total: count, completed: ended ? count : 0, failed: 0 },
      output_file_id: ended ? output : null,
      error_file_id: null,
    }
  }
  const anthropic = (id: string) => {
    const { looks, count } = batches.get(id)!
    const ended = looks > 1
    return {
      id,
      processing_status: ended ? 'ended' : 'in_progress',
      request_counts: { processing: ended ? 0 : count, succeeded: ended ? count : 0, errored: 0 },
    }
  }
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const path = `${incoming.method} ${incoming.url}`
    asked.push(path)
    headers.push(incoming.headers)
    const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    const id = /batch_\d+/.exec(path)?.[0]
    if (id) batches.get(id)!.looks += path.endsWith(id) ? 1 : 0
    if (path === 'POST /v1/files') {
      const content = /name="file"[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(body)![1]!
      files.set('file-in', content)
      return json({ id: 'file-in' })
    }
    if (path === 'POST /v1/batches') return json(openAI(run(parseLines(files.get(JSON.parse(body).input_file_id)!))))
    if (path === 'POST /v1/messages/batches') return json(anthropic(run(JSON.parse(body).requests)))
    if (path.endsWith('/results')) return response.end(files.get(batches.get(id!)!.output))
    if (path.startsWith('GET /v1/files/')) return response.end(files.get(path.split('/')[3]!))
    if (path.startsWith('GET /v1/messages/batches/')) return json(anthropic(id!))
    if (path.startsWith('GET /v1/batches/')) return json(openAI(id!))
    response.statusCode = 404
    return json({ error: { message: 'no such route' } })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/v1`,
    origin,
    asked,
    headers,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export function parseLines<Line = BatchLine>(text: string): Line[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}
