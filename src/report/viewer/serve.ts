import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { asset, pageWith } from './assets.ts'
import { admit } from './gate.ts'
import { RequestError, routes } from './routes.ts'
import { shownLine } from './shown-text.ts'
import type { ViewerState } from './viewer-state.ts'

/** A viewer that runs. */
export interface Viewer {
  /** Address with the token: whoever has it can read the runs. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the viewer on the loopback address only.
 * @param port 0 for any free one
 */
export async function serveViewer(state: ViewerState, port = 0): Promise<Viewer> {
  const token = randomBytes(18).toString('base64url')
  const server = createServer((request, response) => {
    const { port: own } = server.address() as AddressInfo
    answer(request, response, own, token, state).catch((error: unknown) => fail(response, error))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await state.close()
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  token: string,
  state: ViewerState,
): Promise<void> {
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  const entry = admit(request, port, token)
  if ('reason' in entry) return send(response, entry.status, 'text/plain; charset=utf-8', `${entry.reason}\n`)
  const { pathname, searchParams } = new URL(entry.path, 'http://127.0.0.1')
  if (pathname === '/') return sendPage(response)
  if (pathname === '/api/record') return sendRecord(response, state, searchParams)
  const route = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined
  if (route) {
    return send(
      response,
      200,
      'application/json; charset=utf-8',
      JSON.stringify(await state.answer(() => route(state, searchParams))),
    )
  }
  const file = asset(pathname)
  if (file) return send(response, 200, file.type, file.content)
  send(response, 404, 'text/plain; charset=utf-8', 'Not found\n')
}

function sendPage(response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64')
  response.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
  )
  send(response, 200, 'text/html; charset=utf-8', pageWith(nonce))
}

/** The record of a response as it stands in the call log, whole, to be saved: a browser never shows it. */
async function sendRecord(response: ServerResponse, state: ViewerState, query: URLSearchParams): Promise<void> {
  const index = state.indexes[Number(query.get('run'))]
  const span = index?.responseAt(Number(query.get('row')))
  if (!index || !span) return send(response, 404, 'text/plain; charset=utf-8', 'Not found\n')
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': 'attachment; filename="record.json"',
    'Content-Length': span.length,
  })
  const { offset: start, length } = span
  await pipeline(createReadStream(index.callsFile, { start, end: start + length - 1 }), response)
}

function send(response: ServerResponse, status: number, type: string, content: string | Buffer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(content) })
  response.end(content)
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const message = shownLine(error instanceof Error ? error.message : String(error), 400)
  send(
    response,
    error instanceof RequestError ? 400 : 500,
    'application/json; charset=utf-8',
    JSON.stringify({ error: message }),
  )
}
