import type { BoundEndpoint } from './bind-endpoint.ts'

/** Responses in work per judge call that may be under way: while one is asked about, the next one is read. */
const responsesPerCall = 2

/**
 * How many responses that cost no time may be in work at once: enough to keep the judges busy. Reading them all first
 * would take the processor away from the judge's replies, just when nothing is compiled yet. Null without a judge that
 * takes time.
 */
export function aheadOf(judges: readonly BoundEndpoint[]): number | null {
  const live = judges.filter(({ isPaid }) => isPaid)
  return live.length === 0 ? null : responsesPerCall * Math.max(...live.map(({ concurrency }) => concurrency))
}
