import { RequestRefused } from './http-message.ts'
import { type ItemOutcome, RewardModelFailure } from './item-outcome.ts'

export type Reward = Extract<ItemOutcome, { kind: 'reward' }>

/**
 * The rewards of routes whose reply has no place for a missing one: a trainer would take a null for a number. One failed
 * item fails the request.
 * @throws RequestRefused 503 (another try may succeed) or 422
 */
export function allRewards(outcomes: readonly ItemOutcome[]): readonly Reward[] {
  const failures = outcomes.flatMap((outcome, index) =>
    outcome.kind === 'failure' ? [{ index, ...outcome.failure }] : [],
  )
  const first = failures.find(({ isInfrastructure }) => isInfrastructure) ?? failures[0]
  if (first) {
    const of = outcomes.length === 1 ? '' : `item ${first.index} (${failures.length} of ${outcomes.length} failed): `
    throw refusal(first.isInfrastructure, first.code, of + first.message)
  }
  return outcomes as readonly Reward[]
}

/** The same for a single pair. */
export function pairRefusal(error: unknown): RequestRefused {
  if (!(error instanceof RewardModelFailure)) throw error
  return refusal(!error.isOverlong, error.isOverlong ? 'rm-overlong' : 'rm-error', error.message)
}

function refusal(isInfrastructure: boolean, code: string, message: string): RequestRefused {
  return isInfrastructure
    ? new RequestRefused(503, code, message, { 'retry-after': '1' })
    : new RequestRefused(422, code, message)
}
