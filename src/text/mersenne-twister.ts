const SIZE = 624
const SHIFT = 397
const TWO_PI = 2 * Math.PI

/**
 * Python's `random.Random`: MT19937 (Matsumoto and Nishimura 1998) initialised by `init_by_array`. The same seed gives
 * the same numbers as CPython 3.
 */
export class PythonRandom {
  readonly #state: Uint32Array
  #index = SIZE
  #spare: number | null = null

  /** @param seed integer from 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.#state = initialState(seed)
  }

  /** Next 32 random bits. */
  nextUint32(): number {
    if (this.#index === SIZE) this.#twist()
    let value = this.#state[this.#index]!
    this.#index += 1
    value ^= value >>> 11
    value ^= (value << 7) & 0x9d2c5680
    value ^= (value << 15) & 0xefc60000
    return (value ^ (value >>> 18)) >>> 0
  }

  /** Python's `random()`: 53 bits in [0, 1). */
  random(): number {
    const high = this.nextUint32() >>> 5
    const low = this.nextUint32() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }

  /** Python's `gauss(0, 1)`: Box and Muller's pair, one value kept for the next call. */
  gauss(): number {
    const spare = this.#spare
    if (spare !== null) {
      this.#spare = null
      return spare
    }
    const angle = this.random() * TWO_PI
    const radius = Math.sqrt(-2 * Math.log(1 - this.random()))
    this.#spare = Math.sin(angle) * radius
    return Math.cos(angle) * radius
  }

  /** Index that Python's `choice` picks from a sequence of `length` (1 to 2^32 - 1). */
  choiceIndex(length: number): number {
    const shift = Math.clz32(length)
    let index = this.nextUint32() >>> shift
    while (index >= length) index = this.nextUint32() >>> shift
    return index
  }

  #twist(): void {
    const state = this.#state
    for (let index = 0; index < SIZE; index += 1) {
      const mixed = (state[index]! & 0x80000000) | (state[(index + 1) % SIZE]! & 0x7fffffff)
      state[index] = state[(index + SHIFT) % SIZE]! ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0)
    }
    this.#index = 0
  }
}

const seeded = new Map<number, Uint32Array>()

/** A copy of the state after seeding; the few seeds in use are computed once. */
function initialState(seed: number): Uint32Array {
  let state = seeded.get(seed)
  if (!state) {
    state = initByArray(seed >>> 0)
    if (seeded.size < 64) seeded.set(seed, state)
  }
  return state.slice()
}

function initByArray(key: number): Uint32Array {
  const state = new Uint32Array(SIZE)
  state[0] = 19650218
  for (let index = 1; index < SIZE; index += 1) {
    const previous = state[index - 1]! ^ (state[index - 1]! >>> 30)
    state[index] = Math.imul(previous, 1812433253) + index
  }
  let index = 1
  const step = (multiplier: number, addend: number): void => {
    const previous = state[index - 1]! ^ (state[index - 1]! >>> 30)
    state[index] = (state[index]! ^ Math.imul(previous, multiplier)) + addend
    index += 1
    if (index === SIZE) {
      state[0] = state[SIZE - 1]!
      index = 1
    }
  }
  for (let round = 0; round < SIZE; round += 1) step(1664525, key)
  for (let round = 0; round < SIZE - 1; round += 1) step(1566083941, -index)
  state[0] = 0x80000000
  return state
}
