import { sliceCodePoints } from '../../text/code-points.ts'

/**
 * How a rule is read. `official` is upstream bug for bug; `fixed` reads rule and segment alike, looks at every segment
 * that has text, and takes a passage that quotes the word None for a passage.
 */
export type RuleReading = 'official' | 'fixed'

/** True, false, or 2 for a rule form that the official evaluator does not know. */
export type RuleVerdict = boolean | 2

/** Verdict of one rule on the segments of one response, with its evidence. */
export interface RuleOutcome {
  readonly verdict: RuleVerdict
  readonly expected: string
  readonly found: string
}

/** A rule with its parameters read. Gets at least one segment. */
export interface RuleCheck {
  /** What the rule asks for, in words. */
  readonly expected: string
  /** Why no segment could be judged by it, though the text can be read; such data is refused when it is loaded. */
  readonly flaw?: string | null
  /** @throws RuleError where the official evaluator raises */
  run(segments: readonly string[]): { readonly pass: boolean; readonly found: string }
}

/** One row of the official dispatch: a rule text belongs to the first kind whose marks it contains. */
export interface RuleKind {
  /** Stable name, as reports show it. */
  readonly id: string
  /** Substrings that all occur in the rule text; `not` is one that must not. */
  readonly marks: readonly string[]
  readonly not?: string
  /** Verdict when there is nothing to look at. */
  readonly onEmpty: boolean
  /** True when the rule text is read anew for every passage with text, and so not at all for empty ones. */
  readonly isReadLate?: boolean
  /**
   * Reads the parameters.
   * @throws RuleError when the rule text is malformed
   */
  read(rule: string, reading: RuleReading): RuleCheck
}

const shown = 40

/** A segment, quoted and cut to a readable length, for evidence. */
export function quoted(segment: string): string {
  return segment.length <= shown ? `“${segment}”` : `“${sliceCodePoints(segment.slice(0, 2 * shown), 0, shown)}…”`
}

/** The end of a segment, quoted, for evidence about endings. */
export function quotedEnd(segment: string): string {
  return segment.length <= shown ? `“${segment}”` : `“…${sliceCodePoints(segment.slice(-2 * shown), -shown)}”`
}

/** A list of words for evidence. */
export function listed(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(', ')
}
