import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether a request carries the bearer token. Compares digests, so that time tells nothing about the token. */
export function isAuthorised(header: string | undefined, token: string | null): boolean {
  if (token === null) return true
  const [, given] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? []
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
