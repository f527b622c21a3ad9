import type { ItemResult } from '../benchmark.ts'
import { type Mode, modes } from './score.ts'

/** Followed, unmeasured and all verdicts of one kind. */
export interface Tally {
  readonly followed: number
  readonly missing: number
  readonly total: number
}

/** What a verdict says of one instruction; null when it was not measured. */
export type Followed = boolean | null

/** One verdict with the tags of its instruction. */
export interface TaggedOutcome {
  readonly tags: { readonly type: string; readonly group: string }
  readonly outcome: Followed
}

/** What the figures need of one response. */
export interface ItemTally {
  readonly cluster: string
  /** One or nothing: are all instructions followed? */
  readonly prompt: Readonly<Record<Mode, Tally>>
  readonly instructions: Readonly<Record<Mode, Tally>>
  readonly verdicts: Readonly<Record<Mode, readonly TaggedOutcome[]>>
}

/** Counts the verdicts of one response; an instruction without a verdict is missing. */
export function itemTally({ item, verdicts }: ItemResult): ItemTally {
  const byMode = (mode: Mode): readonly TaggedOutcome[] => {
    const values = new Map(
      verdicts.filter((verdict) => verdict.mode === mode).map(({ constraint, value }) => [constraint, value]),
    )
    return item.constraints.map(({ id, tags }) => {
      const value = values.get(id) ?? null
      return {
        tags: { type: String(tags.type), group: String(tags.group) },
        outcome: value === null ? null : value === 1,
      }
    })
  }
  const tagged = { strict: byMode('strict'), loose: byMode('loose') }
  const eachMode = (count: (outcomes: readonly Followed[]) => Tally): Record<Mode, Tally> => {
    const [strict, loose] = modes.map((mode) => count(tagged[mode].map(({ outcome }) => outcome)))
    return { strict: strict!, loose: loose! }
  }
  return { cluster: item.cluster, verdicts: tagged, prompt: eachMode(allFollowed), instructions: eachMode(pooled) }
}

/** The tally with one more verdict. */
export function addTo(tally: Tally | undefined, outcome: Followed): Tally {
  const { followed, missing, total } = tally ?? { followed: 0, missing: 0, total: 0 }
  return {
    followed: followed + (outcome === true ? 1 : 0),
    missing: missing + (outcome === null ? 1 : 0),
    total: total + 1,
  }
}

function pooled(outcomes: readonly Followed[]): Tally {
  return outcomes.reduce<Tally>(addTo, { followed: 0, missing: 0, total: 0 })
}

/** A failed instruction decides; otherwise a missing one leaves the item open. */
function allFollowed(outcomes: readonly Followed[]): Tally {
  const outcome = outcomes.includes(false) ? false : outcomes.includes(null) ? null : true
  return addTo(undefined, outcome)
}
