import type { ModelResponse } from '../../core/response.ts'
import { strip } from '../../text/strip.ts'

const closing = '</think>'

/** The second piece of a split at the closing think tag, trimmed; a text without the tag stays as it is. */
export function afterThinking(text: string): string {
  // parity: the second piece, not everything after the tag, so that a later closing tag cuts the text.
  return text.includes(closing) ? strip(text.split(closing)[1]!) : text
}

/**
 * What upstream's response file holds: the text without its think block, trimmed; null where the item is dropped
 * (`code4eval/0.prediction_api.py` at e00af1b6).
 */
export function answerText({ text, reasoning }: Pick<ModelResponse, 'text' | 'reasoning'>): string | null {
  if (text === null) return null
  // An empty string is dropped upstream, white space and a think block with nothing behind it are not.
  if (text === '' && !reasoning) return null
  return strip(afterThinking(text))
}
