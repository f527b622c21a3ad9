import type { IncomingMessage } from 'node:http'
import { RequestRefused } from './http-message.ts'
import { checkJsonShape } from './json-shape.ts'

/** Bytes of bodies that are being held, over all requests. */
export class BodyBudget {
  readonly #limit: number
  #held = 0

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** @throws RequestRefused 503 when too much is held already */
  take(bytes: number): void {
    if (this.#held > 0 && this.#held + bytes > this.#limit) {
      throw new RequestRefused(503, 'busy', 'The server holds as many bodies as it may', { 'retry-after': '1' })
    }
    this.#held += bytes
  }

  giveBack(bytes: number): void {
    this.#held -= bytes
  }
}

/**
 * Reads a JSON body of at most `limit` bytes.
 * @throws RequestRefused 413, 415, 400, 503
 */
export async function readJsonBody(request: IncomingMessage, limit: number, budget: BodyBudget): Promise<unknown> {
  // A page in somebody's browser can post plain text to a local port without asking, but not JSON.
  if (!/\bjson\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RequestRefused(415, 'content-type', 'Expected the content type application/json')
  }
  const tooLarge = () => new RequestRefused(413, 'too-large', `Expected a body of at most ${limit} bytes`)
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge()
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    // Not `for await`: leaving that loop early destroys the connection, and with it the reply that says why.
    await new Promise<void>((resolve, reject) => {
      request.on('data', (chunk: Buffer) => {
        try {
          if (bytes + chunk.length > limit) throw tooLarge()
          budget.take(chunk.length)
          bytes += chunk.length
          chunks.push(chunk)
        } catch (refusal) {
          request.removeAllListeners('data').pause()
          reject(refusal)
        }
      })
      const brokenOff = () => reject(new RequestRefused(400, 'aborted', 'The client broke the request off'))
      request.on('end', resolve)
      // A client that leaves is no defect of the server.
      request.on('error', brokenOff)
      request.on('close', brokenOff)
    })
    const body = Buffer.concat(chunks, bytes)
    checkJsonShape(body)
    return parse(body.toString('utf8'))
  } finally {
    budget.giveBack(bytes)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new RequestRefused(400, 'bad-json', `Expected JSON: ${reason.slice(0, 200)}`)
  }
}
