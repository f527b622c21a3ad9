/** A never falling step function: scores from `from` on have probability `p`, linear between blocks. */
export interface IsotonicFit {
  /** Ascending by score. */
  readonly blocks: readonly { readonly from: number; readonly to: number; readonly p: number; readonly n: number }[]
}

/**
 * Isotonic regression of the label on the score by pooling adjacent violators; equal scores start as one block.
 * @returns null for no pairs
 */
export function fitIsotonic(labels: ArrayLike<number>, scores: ArrayLike<number>): IsotonicFit | null {
  if (labels.length === 0) return null
  const order = Array.from(scores, (_score, index) => index).sort((one, other) => scores[one]! - scores[other]!)
  const blocks: { from: number; to: number; total: number; n: number }[] = []
  for (const index of order) {
    const score = scores[index]!
    const last = blocks.at(-1)
    if (last && last.from === last.to && last.to === score) {
      last.total += labels[index]!
      last.n += 1
    } else blocks.push({ from: score, to: score, total: labels[index]!, n: 1 })
  }
  const pooled: typeof blocks = []
  for (const block of blocks) {
    let joined = block
    for (let below = pooled.at(-1); below && below.total / below.n >= joined.total / joined.n; below = pooled.at(-1)) {
      joined = { from: below.from, to: joined.to, total: below.total + joined.total, n: below.n + joined.n }
      pooled.pop()
    }
    pooled.push(joined)
  }
  return { blocks: pooled.map(({ from, to, total, n }) => ({ from, to, p: total / n, n })) }
}

/** Fitted P(1) of a score: the block's value, linear between two blocks, the end values outside. */
export function applyIsotonic({ blocks }: IsotonicFit, score: number): number {
  const above = blocks.findIndex(({ to }) => score <= to)
  if (above === -1) return blocks.at(-1)!.p
  const block = blocks[above]!
  const below = blocks[above - 1]
  if (!below || score >= block.from) return block.p
  return below.p + ((score - below.to) / (block.from - below.to)) * (block.p - below.p)
}
