import type { Protocol } from '../../core/verdict.ts'
import { isBlank } from '../../text/white-space.ts'
import type { Instruction } from './definition.ts'
import { looseTexts } from './loose-texts.ts'
import type { Outcome } from './outcome.ts'
import { type LanguageTools, TextView } from './text-view.ts'

/** Verdicts of one instruction on one response. */
export interface ModeOutcomes {
  readonly strict: Outcome
  readonly loose: Outcome
}

/**
 * Judges a response by instructions, strictly (the response as it is) and loosely (any of its eight texts). A blank
 * text is never followed. What is found out about a text is kept for all instructions and protocols; loose mode stops
 * at the first success. The returned function throws PatternError when a pattern of the data takes too long.
 */
export function createJudge(
  response: string,
  tools: LanguageTools,
): (instruction: Instruction, protocol: Protocol) => ModeOutcomes {
  const view = new TextView(response, tools)
  const isEmpty = isBlank(response)
  let looseViews: readonly TextView[] | null = null
  return (instruction, protocol) => {
    const judged = instruction.judge(view, protocol)
    if (isEmpty) {
      const strict = { pass: false, expected: judged.expected, found: 'a blank response' }
      return { strict, loose: strict }
    }
    if (judged.pass) return { strict: judged, loose: judged }
    looseViews ??= looseTexts(response).map((text) => view.derive(text))
    for (const looseView of looseViews) {
      const outcome = instruction.judge(looseView, protocol)
      if (outcome.pass) return { strict: judged, loose: outcome }
    }
    return { strict: judged, loose: judged }
  }
}
