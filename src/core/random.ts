import { createHash } from 'node:crypto'

/** A source of numbers in [0, 1). Every random number of the harness comes from one that is passed in. */
export type Random = () => number

/**
 * mulberry32: small, fast, the same on every machine. Period 2^32, enough for about 10^8 draws.
 * @param seed any integer; its lower 32 bits count
 */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A seed of its own for every named stream: the first four bytes (big endian) of sha256 over the joined names. */
export function deriveSeed(...names: readonly (string | number)[]): number {
  return createHash('sha256').update(names.join('\u0000')).digest().readUInt32BE(0)
}
