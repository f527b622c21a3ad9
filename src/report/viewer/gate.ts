import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Why a request was turned away. */
export interface Refusal {
  readonly status: 403 | 404 | 405
  readonly reason: string
}

/**
 * Lets in only what the page itself asks for: a read from this machine by the address that was printed. The host header
 * keeps out names that were rebound to the loopback address, the origin and fetch metadata other sites, the token other
 * users and other programs of this machine.
 * @param port the port that is listened on
 * @returns the path behind the token, or why not
 */
export function admit(
  { method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  port: number,
  token: string,
): { readonly path: string } | Refusal {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!hosts.includes(headers.host ?? '')) return { status: 403, reason: 'Expected the host to be 127.0.0.1' }
  const { origin } = headers
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    return { status: 403, reason: 'Expected no other origin' }
  }
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, reason: 'Expected no other site' }
  }
  const [, given = '', ...rest] = url.split('/')
  if (!isEqual(given, token)) return { status: 404, reason: 'Expected the address that bench view printed' }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, reason: 'Expected GET' }
  return { path: `/${rest.join('/')}` }
}

function isEqual(given: string, token: string): boolean {
  const one = Buffer.from(given)
  const other = Buffer.from(token)
  return one.length === other.length && timingSafeEqual(one, other)
}
