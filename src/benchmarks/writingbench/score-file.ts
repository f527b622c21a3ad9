/** One evaluation of a criterion. Upstream also accepts true, which counts as 1. */
export interface Evaluation {
  readonly score: number | boolean | null
  readonly reason?: string
}

/** One line of upstream's score file. A blank line is an empty text. */
export interface ScoreRecord {
  readonly index: unknown
  readonly scores: Readonly<Record<string, readonly Evaluation[]>>
}

/** How upstream's judging loop goes on with a score file that has lines already. */
export interface OfficialResume {
  /** Positions of the responses that are judged, in order; each appends a line. */
  readonly judged: readonly number[]
}

/**
 * parity: upstream goes on after as many responses as the score file has lines, less one, so that the last one is judged
 * again and its line doubled. The harness itself resumes by call.
 * @param lines lines of the score file; null where there is none
 */
export function officialResume(responses: number, lines: number | null): OfficialResume {
  const from = Math.max((lines ?? 0) - 1, 0)
  return { judged: Array.from({ length: Math.max(responses - from, 0) }, (_unused, position) => from + position) }
}
