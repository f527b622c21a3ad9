import { readFileSync } from 'node:fs'

/** Files of the page by their path, with their types. Nothing else is ever served from disk. */
const types: ReadonlyMap<string, string> = new Map([
  ['/item.css', 'text/css; charset=utf-8'],
  ['/viewer.css', 'text/css; charset=utf-8'],
  ['/app.mjs', 'text/javascript; charset=utf-8'],
  ['/dom.mjs', 'text/javascript; charset=utf-8'],
  ['/filters.mjs', 'text/javascript; charset=utf-8'],
  ['/item.mjs', 'text/javascript; charset=utf-8'],
  ['/list.mjs', 'text/javascript; charset=utf-8'],
])

/** A file of the page; null for any other path. */
export function asset(path: string): { readonly type: string; readonly content: Buffer } | null {
  const type = types.get(path)
  return type === undefined ? null : { type, content: read(path) }
}

/** The page, with the nonce that its script needs. */
export function pageWith(nonce: string): string {
  return read('/index.html').toString('utf8').replaceAll('{{nonce}}', nonce)
}

function read(path: string): Buffer {
  return readFileSync(new URL(`./assets${path}`, import.meta.url))
}
