import type { CallError } from '../call-error.ts'

/** The two spellings of the limit of generated tokens. */
export type TokenLimitName = 'max_tokens' | 'max_completion_tokens'

/**
 * OpenAI's own API takes `max_completion_tokens` for every chat model and refuses the older name for reasoning models;
 * other servers know `max_tokens`, and some pass over the newer name in silence.
 */
export function preferredLimitName(origin: string): TokenLimitName {
  const { hostname } = new URL(origin)
  const isOpenAI = hostname === 'api.openai.com' || hostname.endsWith('.api.openai.com')
  return isOpenAI || hostname.endsWith('.openai.azure.com') ? 'max_completion_tokens' : 'max_tokens'
}

export function otherLimitName(name: TokenLimitName): TokenLimitName {
  return name === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
}

const refusal = /unsupported|not supported|unrecognized|unknown|not permitted|unexpected|extra (inputs|fields)|\buse\b/i

/** True where the server says that it does not know this spelling. A limit that is merely too large is no such case. */
export function refusesLimitName(error: CallError, name: TokenLimitName): boolean {
  if (error.httpStatus !== 400 && error.httpStatus !== 422) return false
  const names = new RegExp(`\\b${name}\\b`)
  return (error.parameter === name || names.test(error.message)) && refusal.test(error.message)
}
