import { loadLanguageTools } from '../../../src/benchmarks/language-tools.ts'
import { createJudge, type ModeOutcomes } from '../../../src/checkers/instructions/judge-response.ts'
import { compileInstruction } from '../../../src/checkers/instructions/registry.ts'
import type { Protocol } from '../../../src/core/verdict.ts'

/** Language tools from our own tables and the profiles of the npm package `langdetect`. */
export const { tools: houseTools } = loadLanguageTools({ asset: () => null, edition: 'v1', isSample: true })

/** Judges one response by one instruction. */
export function judge(
  id: string,
  parameters: Readonly<Record<string, unknown>>,
  response: string,
  protocol: Protocol = 'official',
): ModeOutcomes {
  return createJudge(response, houseTools)(compileInstruction(id, parameters), protocol)
}

/** A case of a table: parameters, response, and what each protocol says of it in strict mode. */
export type Case = readonly [
  parameters: Readonly<Record<string, unknown>>,
  response: string,
  official: boolean,
  fixed: boolean,
]

/** Strict verdicts of both protocols. */
export function strictVerdicts(id: string, [parameters, response]: Case): [boolean, boolean] {
  return [judge(id, parameters, response).strict.pass, judge(id, parameters, response, 'fixed').strict.pass]
}
