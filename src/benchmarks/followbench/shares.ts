import type { Protocol } from '../../core/verdict.ts'
import { type Outcome, type Share, shareOf } from './outcome.ts'
import { isMissing, type Path } from './paths.ts'
import { types } from './schema.ts'
import type { PathShares } from './tally.ts'

/** Which reading of the unmeasured items: as the protocol counts them, or as if all of them had failed or passed. */
export type Reading = 'protocol' | 'all-failed' | 'all-passed'

/** The numbers that a path adds to a tally. */
export function sharesOf(path: Path, protocol: Protocol, reading: Reading): PathShares {
  const shares = path.outcomes.map((outcome) => (outcome ? read(outcome, protocol, reading) : null))
  return {
    typeIndex: types.indexOf(path.type),
    isJudged: path.isJudged,
    counts: shares.map((share) => (share ? 1 : 0)),
    hard: shares.map((share) => share?.hard ?? 0),
    soft: shares.map((share) => share?.soft ?? 0),
    chain: chainOf(shares),
  }
}

function read(outcome: Outcome, protocol: Protocol, reading: Reading): Share | null {
  if (reading === 'protocol' || !isMissing(outcome)) return shareOf(outcome, protocol)
  const value = reading === 'all-passed' ? 1 : 0
  return { hard: value, soft: value }
}

/**
 * Consecutive levels met from level 1 on; -1 ends the chain like 0. Null as soon as one level is not counted: leaving out
 * only the groups whose chain reaches the gap would leave out the better ones.
 */
function chainOf(shares: readonly (Share | null)[]): number | null {
  if (shares.includes(null)) return null
  const end = shares.findIndex((share) => share!.hard !== 1)
  return end === -1 ? shares.length : end
}
