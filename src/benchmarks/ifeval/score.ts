import type { Instruction } from '../../checkers/instructions/definition.ts'
import { createJudge } from '../../checkers/instructions/judge-response.ts'
import type { Outcome } from '../../checkers/instructions/outcome.ts'
import type { LanguageTools } from '../../checkers/instructions/text-view.ts'
import type { Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import { PatternError } from '../../text/pattern-error.ts'
import type { Scorer } from '../benchmark.ts'
import { instructionsOf } from './instructions.ts'
import type { IfevalRecord } from './schema.ts'

/** Readings of every check, in the order of the verdicts. */
export const modes = ['strict', 'loose'] as const
export type Mode = (typeof modes)[number]

/**
 * Scores responses by rule: for each protocol and instruction a strict and a loose verdict, 1 when it is followed.
 * @param labels marks of every number, see {@link Scorer}
 */
export function createScorer(tools: LanguageTools, labels: readonly string[]): Scorer<IfevalRecord> {
  return {
    labels,
    async score(item, response, _context, protocols) {
      return scoreResponse(tools, item, response, protocols)
    },
  }
}

/** The verdicts of one response: by protocol, then by instruction, strict before loose. */
export function scoreResponse(
  tools: LanguageTools,
  item: Item<IfevalRecord>,
  response: ModelResponse,
  protocols: readonly Protocol[],
): readonly Verdict[] {
  const instructions = instructionsOf(item.data)
  const { text, sample, status } = response
  const verdicts: Verdict[] = []
  const judge = text === null ? null : createJudge(text, tools)
  for (const protocol of protocols) {
    for (const [index, instruction] of instructions.entries()) {
      const head = { item: item.id, sample, constraint: item.constraints[index]!.id, scorer: 'rule', protocol, status }
      const outcomes = judge && attempt(() => judge(instruction, protocol))
      for (const mode of modes) {
        if (outcomes === null) verdicts.push({ ...head, mode, value: null, reason: 'There is no response to check.' })
        else if (typeof outcomes === 'string') {
          verdicts.push({ ...head, status: 'check-error', mode, value: null, reason: outcomes })
        } else verdicts.push(measured({ ...head, mode }, instruction, outcomes[mode]))
      }
    }
  }
  return verdicts
}

function measured(head: Omit<Verdict, 'value'>, { remark }: Instruction, { pass, expected, found }: Outcome): Verdict {
  const verdict = { ...head, value: pass ? 1 : 0, expected, found }
  return remark === undefined ? verdict : { ...verdict, reason: remark }
}

/** The result, or why there is none: a pattern of the data that takes too long on this text. */
function attempt<T>(judge: () => T): T | string {
  try {
    return judge()
  } catch (error) {
    if (error instanceof PatternError) return error.message
    throw error
  }
}
