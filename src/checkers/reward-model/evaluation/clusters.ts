import type { LabelledLine } from './labelled-line.ts'
import type { ScoredPair } from './measure.ts'

/** A labelled line with the score it got. */
export interface ScoredLine extends ScoredPair {
  readonly line: LabelledLine
}

type Placed = Pick<LabelledLine, 'group' | 'seed' | 'response'>

/**
 * What a line is resampled with: its group, the seed of its pseudo-label, or else its response, whose constraints share
 * its strengths.
 */
export function clusterOf({ group, seed, response }: Placed): string {
  if (group != null) return `group ${group}`
  return seed == null ? response : `seed ${seed}`
}

/** Lines of one response, told apart where two groups hold the same text. */
export function responseKey(line: Placed & Pick<LabelledLine, 'checkpoint'>): string {
  return JSON.stringify([line.checkpoint ?? null, line.group ?? line.seed ?? null, line.response])
}
