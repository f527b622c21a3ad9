import type { LevelRecord } from './pseudo-label.types.ts'

/** What was asked at one level. */
export interface LevelCount {
  readonly level: number
  readonly instructions: number
  readonly constraints: number
  /** Constraints without a rule. */
  readonly soft: number
  readonly hard: number
}

/** Counts instructions and constraints by level, as the paper's table of its training data does. */
export class LevelCounter {
  readonly #counts = new Map<number, { instructions: number; soft: number; hard: number }>()

  add({ level, constraints }: LevelRecord): void {
    if (level === 0) return
    const count = this.#counts.get(level) ?? { instructions: 0, soft: 0, hard: 0 }
    this.#counts.set(level, count)
    count.instructions += 1
    for (const { rule } of constraints) count[rule ? 'hard' : 'soft'] += 1
  }

  counts(): readonly LevelCount[] {
    return [...this.#counts]
      .sort(([one], [other]) => one - other)
      .map(([level, { instructions, soft, hard }]) => ({ level, instructions, constraints: soft + hard, soft, hard }))
  }
}
