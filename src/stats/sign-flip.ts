import { mulberry32 } from '../core/random.ts'

const tolerance = 1e-12

/** Up to this many differences all sign assignments are tried; above they are sampled. */
export const exactSignFlipLimit = 20

/** How assignments are sampled. */
export interface SignFlipOptions {
  /** @default 10000 */
  readonly replicates?: number
  /** @default 0 */
  readonly seed?: number
}

/**
 * Approximate randomisation: how often a random choice of signs gives a sum of differences at least as far from 0. Exact
 * for up to 20 differences, else (count + 1)/(B + 1) of sampled assignments, one draw a difference.
 */
export function signFlipP(differences: ArrayLike<number>, options: SignFlipOptions = {}): number {
  return differences.length <= exactSignFlipLimit ? exactP(differences) : sampledP(differences, options)
}

function exactP(differences: ArrayLike<number>): number {
  let sums: number[] = [0]
  let observed = 0
  for (let index = 0; index < differences.length; index += 1) {
    const difference = differences[index]!
    observed += difference
    // The first sign stays: the other half of the assignments is the mirror image.
    sums = index === 0 ? [difference] : sums.flatMap((sum) => [sum + difference, sum - difference])
  }
  const limit = Math.abs(observed) - tolerance
  return sums.filter((sum) => Math.abs(sum) >= limit).length / sums.length
}

function sampledP(differences: ArrayLike<number>, { replicates = 10_000, seed = 0 }: SignFlipOptions): number {
  const random = mulberry32(seed)
  let observed = 0
  for (let index = 0; index < differences.length; index += 1) observed += differences[index]!
  const limit = Math.abs(observed) - tolerance
  let extreme = 0
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    let sum = 0
    for (let index = 0; index < differences.length; index += 1)
      sum += random() < 0.5 ? differences[index]! : -differences[index]!
    if (Math.abs(sum) >= limit) extreme += 1
  }
  return (extreme + 1) / (replicates + 1)
}
