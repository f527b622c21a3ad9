import { UsageError } from '../core/errors.ts'

/** Base URL of an API, split into what may be shown and what may not. */
export interface BaseUrl {
  /** `https://host:port/v1`, without trailing slash, user information, query and fragment. */
  readonly address: string
  readonly origin: string
  /** Path before `/chat/completions`: `/v1`. */
  readonly path: string
  /** `user:password` of the URL, or null. */
  readonly userInfo: string | null
}

const endings = ['/chat/completions', '/completions', '/']

/**
 * Parses the base URL of an OpenAI-compatible or Anthropic API. A bare host gets `/v1`; a full endpoint address loses
 * its last part.
 * @throws UsageError `bad-url`
 */
export function parseBaseUrl(text: string, defaultPath = '/v1'): BaseUrl {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new UsageError(
      'bad-url',
      `Expected a URL like http://host:port/v1, got \`${text.replace(/\/\/.*@/s, '//…@')}\``,
    )
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError('bad-url', `Expected a URL that begins with http:// or https://, got ${url.protocol}`)
  }
  if (url.search !== '') {
    throw new UsageError('bad-url', `Expected a base URL without query, got one for ${url.host}`, {
      hint: `Give keys and versions as headers: their values may be \${NAME} references.`,
    })
  }
  let path = url.pathname
  for (let ending = trailing(path); ending; ending = trailing(path)) path = path.slice(0, -ending.length)
  if (path === '') path = defaultPath
  const userInfo = url.username || url.password ? decode(`${url.username}:${url.password}`) : null
  return { address: `${url.origin}${path}`, origin: url.origin, path, userInfo }
}

function trailing(path: string): string | undefined {
  return endings.find((ending) => path.endsWith(ending))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
