import { type ConstraintType, types } from './schema.ts'

const cells = types.length * 5

/** What one path adds to a tally: numbers only, so that a resample is a walk over arrays. */
export interface PathShares {
  readonly typeIndex: number
  readonly isJudged: boolean
  /** By level - 1: 1 where the item is in the denominator. */
  readonly counts: readonly number[]
  readonly hard: readonly number[]
  readonly soft: readonly number[]
  /** Consecutive levels fully satisfied from level 1 on; null when that is unknown. */
  readonly chain: number | null
}

/**
 * Sums of upstream's arithmetic over any multiset of paths.
 *
 * parity: judged and rule-scored items are summed apart and added afterwards, as eval.py at 6278f4c1 does; it only
 * matters in the last bit.
 */
export class Tally {
  readonly #counts = new Float64Array(cells)
  readonly #hard = { judged: new Float64Array(cells), rule: new Float64Array(cells) }
  readonly #soft = { judged: new Float64Array(cells), rule: new Float64Array(cells) }
  readonly #chains = new Float64Array(types.length)
  readonly #chainCounts = new Float64Array(types.length)

  add({ typeIndex, isJudged, counts, hard, soft, chain }: PathShares): void {
    const part = isJudged ? 'judged' : 'rule'
    const offset = typeIndex * 5
    for (let level = 0; level < 5; level++) {
      if (counts[level] === 0) continue
      this.#counts[offset + level]! += counts[level]!
      this.#hard[part][offset + level]! += hard[level]!
      this.#soft[part][offset + level]! += soft[level]!
    }
    if (chain === null) return
    this.#chains[typeIndex]! += chain
    this.#chainCounts[typeIndex]! += 1
  }

  /** Share of items of a type and level (0-based) whose constraints are all met; null without items. */
  hsr(type: ConstraintType, level: number): number | null {
    return this.#rate(this.#hard, type, level)
  }

  /** Mean share of constraints met, of a type and level (0-based); null without items. */
  ssr(type: ConstraintType, level: number): number | null {
    return this.#rate(this.#soft, type, level)
  }

  /** Mean number of consecutive levels met, of a type; null without groups. */
  csl(type: ConstraintType): number | null {
    const index = types.indexOf(type)
    return this.#chainCounts[index] === 0 ? null : this.#chains[index]! / this.#chainCounts[index]!
  }

  #rate(sums: { judged: Float64Array; rule: Float64Array }, type: ConstraintType, level: number): number | null {
    const cell = types.indexOf(type) * 5 + level
    const count = this.#counts[cell]!
    return count === 0 ? null : (sums.judged[cell]! + sums.rule[cell]!) / count
  }
}
