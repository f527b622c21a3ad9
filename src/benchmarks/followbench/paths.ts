import type { Protocol } from '../../core/verdict.ts'
import type { ItemResult } from '../benchmark.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { type ConstraintType, types } from './schema.ts'

/** The five levels of one source instruction, as one sample of the model answered them. */
export interface Path {
  readonly cluster: string
  readonly type: ConstraintType
  readonly isJudged: boolean
  /** By level - 1; undefined where the level was not part of the run. */
  readonly outcomes: (Outcome | undefined)[]
  /** OpenCompass's `[hard, soft]`, null where it drops the item, undefined where there was no judge reply. */
  readonly openCompass: (readonly [number, number] | null | undefined)[]
  /** Constraints of the judged items, level after level. */
  readonly constraints: ConstraintOutcome[]
}

/** How one added constraint ended: its kind, and null where it was not measured. */
export interface ConstraintOutcome {
  readonly kind: string
  readonly value: number | null
}

/** Collects item results into paths, in the order in which they come. */
export class Paths {
  readonly #protocol: Protocol
  readonly #byKey = new Map<string, Path>()

  constructor(protocol: Protocol) {
    this.#protocol = protocol
  }

  add(result: ItemResult): void {
    const { item, sample } = result
    const key = `${item.cluster}\u0000${sample}`
    let path = this.#byKey.get(key)
    if (!path) {
      path = {
        cluster: item.cluster,
        type: typeOf(item.tags.type),
        isJudged: item.tags.scorer === 'judge',
        outcomes: Array<Outcome | undefined>(5).fill(undefined),
        openCompass: Array<undefined>(5).fill(undefined),
        constraints: [],
      }
      this.#byKey.set(key, path)
    }
    const index = Number(item.tags.level) - 1
    path.outcomes[index] = outcomeOf(result, this.#protocol)
    if (path.isJudged) path.constraints.push(...constraintOutcomes(result))
    const detail = result.verdicts.find((verdict) => verdict.detail && 'openCompass' in verdict.detail)?.detail
    if (detail) path.openCompass[index] = detail.openCompass as readonly [number, number] | null
  }

  list(): readonly Path[] {
    return [...this.#byKey.values()]
  }
}

function constraintOutcomes({ item, verdicts }: ItemResult): ConstraintOutcome[] {
  const values = new Map(verdicts.map(({ constraint, value }) => [constraint, value]))
  return item.constraints.map(({ id, tags }) => ({ kind: String(tags.kind), value: values.get(id) ?? null }))
}

/** What one unmeasured item means for `missing` and for the bounds: every kind but the ones that a protocol leaves out. */
export function isMissing(outcome: Outcome): boolean {
  return outcome.kind !== 'measured' && outcome.kind !== 'left-out'
}

/** True when a figure over these paths has no value, because nobody was there who may decide some of its items. */
export function isBlocked(paths: readonly Path[]): boolean {
  return paths.some(({ outcomes }) => outcomes.some((outcome) => outcome?.kind === 'no-scorer'))
}

function typeOf(tag: string | readonly string[] | undefined): ConstraintType {
  const type = types.find((known) => known === tag)
  if (!type) throw new RangeError(`Expected the tag \`type\` to be one of ${types.join(', ')}, got ${String(tag)}`)
  return type
}
