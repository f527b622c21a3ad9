import type { ScoredLine } from './clusters.ts'

/** A pair that scorer and label decide differently. */
export interface Disagreement {
  readonly id: string
  readonly label: 0 | 1
  readonly verdict: 0 | 1
  readonly p: number
  readonly type: string | null
  readonly level: string | number | null
  readonly checkpoint: string | null
  readonly constraint: string
  readonly response: string
}

/** Pairs to read, the surest errors first. */
export function disagreements(lines: readonly ScoredLine[], threshold: number): Disagreement[] {
  return lines
    .flatMap(({ line, label, p }): Disagreement[] => {
      const verdict = p >= threshold ? 1 : 0
      if (verdict === label) return []
      const { id, type = null, level = null, checkpoint = null, constraint, response } = line
      return [{ id, label, verdict, p, type, level, checkpoint, constraint, response }]
    })
    .sort((one, other) => Math.abs(other.p - threshold) - Math.abs(one.p - threshold))
}
