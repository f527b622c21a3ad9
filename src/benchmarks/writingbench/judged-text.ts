const mark = '</think>\n\n'

/** The text that the judge sees. */
export interface JudgedText {
  readonly text: string
  /** True when a closing mark of a think block is still in it: then thinking is judged with the answer. */
  readonly hasMark: boolean
}

/**
 * Cuts everything up to and including the first `</think>` that two line feeds follow; nothing is trimmed.
 *
 * parity: with one line feed, CRLF or none the thinking stays and is judged (`evaluate_benchmark.py` of
 * X-PLUG/WritingBench at ae2d5176).
 */
export function judgedText(response: string): JudgedText {
  const at = response.indexOf(mark)
  const text = at === -1 ? response : response.slice(at + mark.length)
  return { text, hasMark: text.includes('</think>') }
}
