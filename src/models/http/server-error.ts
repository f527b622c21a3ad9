import type { HttpReply } from './exchange.ts'

/** What a server says about an error, as far as it can be found. */
export interface ServerError {
  readonly message: string
  /** The server's own error code or type, empty where it gives none. */
  readonly code: string
  readonly parameter: string | undefined
}

const longestMessage = 800

/**
 * Finds message and code in the usual spellings: `{error: {message, code, type, param}}` (OpenAI, Anthropic),
 * `{message, code}` (vLLM before 0.9, llama.cpp), `{detail}` (FastAPI), `{error: "..."}` (TGI, Ollama), plain text, and
 * the title of an HTML page.
 */
export function serverError({ headers, text }: HttpReply): ServerError {
  const body = parse(text)
  if (!isRecord(body)) return { message: readable(text, headers.get('content-type')), code: '', parameter: undefined }
  const error = isRecord(body.error) ? body.error : body
  const said = error.message ?? error.detail ?? body.detail ?? body.error ?? body
  const metadata = isRecord(error.metadata) && typeof error.metadata.raw === 'string' ? ` (${error.metadata.raw})` : ''
  return {
    message: shorten(typeof said === 'string' ? `${said}${metadata}` : JSON.stringify(said)),
    code: [error.code, error.type].filter((part) => typeof part === 'string' || typeof part === 'number').join(' '),
    parameter: typeof error.param === 'string' ? error.param : undefined,
  }
}

/** True where a body is a web page, as proxies and login portals send it. */
export function isHtml(text: string, contentType: string | null): boolean {
  return /\bhtml\b/i.test(contentType ?? '') || /^\s*<(!doctype\s+html|html)\b/i.test(text.slice(0, 200))
}

/** Title of a web page, or null. */
export function pageTitle(text: string): string | null {
  const start = text.slice(0, 20_000)
  const open = /<title[^>]{0,200}>/i.exec(start)
  if (!open) return null
  const title = start.slice(open.index + open[0].length).split('<', 1)[0]!
  return title.replace(/\s+/g, ' ').trim() || null
}

function readable(text: string, contentType: string | null): string {
  if (!isHtml(text, contentType)) return shorten(text.trim())
  const title = pageTitle(text)
  return `a web page${title ? ` titled "${shorten(title)}"` : ''} instead of JSON: a proxy or a wrong address?`
}

function shorten(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
