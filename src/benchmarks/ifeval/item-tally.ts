import type { ItemHead, ItemResult } from '../benchmark.ts'
import { type Mode, modes } from './score.ts'

/** Followed, unmeasured and all verdicts of one kind. */
export interface Tally {
  readonly followed: number
  readonly missing: number
  readonly total: number
}

/** What a verdict says of one instruction, as a character: an outcome for each instruction makes a short string. */
const outcome = { followed: '1', failed: '0', missing: '?' } as const

/** What all responses to one prompt have in common. */
interface Prompt {
  readonly cluster: string
  readonly instructions: readonly { readonly type: string; readonly group: string }[]
}

/** Outcomes of one response, one character per instruction and mode: a run may have 100,000 of these. */
export interface ItemTally extends Readonly<Record<Mode, string>> {
  readonly prompt: Prompt
}

/** Reads responses into tallies that share what is equal. */
export class ItemTallies implements Iterable<ItemTally> {
  readonly #prompts = new Map<string, Prompt>()
  readonly #outcomes = new Map<string, string>()
  readonly #tallies: ItemTally[] = []

  get length(): number {
    return this.#tallies.length
  }

  /** Adds one response; an instruction without a verdict is missing. */
  add({ item, verdicts }: ItemResult): void {
    const [strict, loose] = modes.map((mode) => {
      const values = new Map<string, number | null>()
      for (const verdict of verdicts) if (verdict.mode === mode) values.set(verdict.constraint, verdict.value)
      return this.#shared(item.constraints.map(({ id }) => outcomeOf(values.get(id) ?? null)).join(''))
    })
    this.#tallies.push({ prompt: this.#promptOf(item), strict: strict!, loose: loose! })
  }

  [Symbol.iterator](): Iterator<ItemTally> {
    return this.#tallies[Symbol.iterator]()
  }

  /** Every instruction type or group that occurs, sorted by name. */
  values(dimension: 'group' | 'type'): readonly string[] {
    const prompts = [...this.#prompts.values()]
    return [...new Set(prompts.flatMap(({ instructions }) => instructions.map((tags) => tags[dimension])))].sort()
  }

  #promptOf({ id, cluster, constraints }: ItemHead): Prompt {
    let prompt = this.#prompts.get(id)
    if (!prompt) {
      const instructions = constraints.map(({ tags }) => ({ type: String(tags.type), group: String(tags.group) }))
      prompt = { cluster, instructions }
      this.#prompts.set(id, prompt)
    }
    return prompt
  }

  #shared(outcomes: string): string {
    const known = this.#outcomes.get(outcomes)
    if (known === undefined) this.#outcomes.set(outcomes, outcomes)
    return known ?? outcomes
  }
}

/** One or nothing: are all instructions followed? A failed one decides; otherwise a missing one leaves it open. */
export function promptTally(tally: ItemTally, mode: Mode): Tally {
  const outcomes = tally[mode]
  const followed = outcomes.includes(outcome.failed) ? 0 : outcomes.includes(outcome.missing) ? null : 1
  return { followed: followed ?? 0, missing: followed === null ? 1 : 0, total: 1 }
}

/** Counts the instructions of a response, all or those with a tag. */
export function instructionTally(
  tally: ItemTally,
  mode: Mode,
  only?: { readonly dimension: 'group' | 'type'; readonly value: string },
): Tally {
  const outcomes = tally[mode]
  let followed = 0
  let missing = 0
  let total = 0
  for (const [index, tags] of tally.prompt.instructions.entries()) {
    if (only && tags[only.dimension] !== only.value) continue
    total += 1
    if (outcomes[index] === outcome.followed) followed += 1
    if (outcomes[index] === outcome.missing) missing += 1
  }
  return { followed, missing, total }
}

function outcomeOf(value: number | null): string {
  if (value === null) return outcome.missing
  return value === 1 ? outcome.followed : outcome.failed
}
