import type { CallError } from '../call-error.ts'
import type { EndpointReply } from '../endpoint.ts'

/** Error codes with which providers withhold an answer before any text is made (Azure, OpenAI, DashScope, Zhipu). */
const codes = /content_filter|content_policy_violation|ResponsibleAIPolicyViolation|data_?inspection_?failed/i

/**
 * A prompt that the provider's filter refused comes as an HTTP error, yet it is an answer of a kind: nobody can get
 * another one. Returns it as a `refused` reply, or null when the error is of another kind.
 */
export function blockedPrompt(error: CallError): EndpointReply | null {
  const { httpStatus, serverCode, serverText = '' } = error
  const filtered = (httpStatus === 400 && codes.test(serverCode)) || (httpStatus === 403 && isFlagged(serverText))
  if (!filtered) return null
  return {
    status: 'refused',
    text: null,
    reasoning: null,
    finishReason: 'content_filter',
    returnedModel: null,
    usage: null,
    raw: rawOf(serverText),
  }
}

/** OpenRouter answers 403 for a flagged prompt, and says what was flagged. */
function isFlagged(serverText: string): boolean {
  return serverText.includes('"flagged_input"')
}

function rawOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
