import type { Outcome } from './outcome.ts'
import { type ChainTools, runChain } from './run-chain.ts'
import type { ScoredConstraint } from './schema.ts'

/**
 * Outcomes of one answer, in the order of the constraints.
 * @param answer the answer as the chains start from it, without think block
 */
export async function scoreAnswer(
  constraints: readonly ScoredConstraint[],
  answer: string,
  tools: ChainTools,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let aborted: string | null = null
  for (const constraint of constraints) {
    if (Object.hasOwn(constraint, 'preset')) outcomes.push(preset(constraint.preset))
    else if (aborted !== null) outcomes.push(abortedOutcome(aborted, []))
    else {
      const result = await scoreConstraint(constraint, answer, tools)
      if ('abort' in result) {
        // parity: an exception inside a chain ends the item; this constraint and all later ones keep no score.
        aborted = `constraint ${constraint.id}: ${result.abort}`
        outcomes.push(abortedOutcome(result.abort, result.calls))
      } else outcomes.push(result)
    }
  }
  return outcomes
}

function scoreConstraint({ id, steps }: ScoredConstraint, answer: string, tools: ChainTools) {
  if (steps) return runChain(id, steps, answer, tools)
  const problem = 'the constraint has no evaluation'
  if (tools.mode === 'strict') return { abort: problem, calls: [] }
  return { ...abortedOutcome(problem, []), hasScore: true, why: 'code_error' as const, reason: problem }
}

function abortedOutcome(problem: string, calls: readonly string[]): Outcome {
  const reason = `upstream's scorer ends the item here: ${problem}`
  const rest = { score: null, truthy: false, hasScore: false, expected: 'a chain that runs to its end' }
  return { ...rest, why: 'aborted', reason, calls, scorer: 'judge' }
}

function preset(score: unknown): Outcome {
  const isTrue = score === true
  return { score, truthy: isTrue, hasScore: true, expected: 'kept from the file', calls: [], scorer: 'preset' }
}
