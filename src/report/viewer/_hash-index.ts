import { GrowingColumn } from './_growing-column.ts'

/** 64 bits of a key, as two unsigned 32-bit numbers. */
export interface Hash {
  readonly low: number
  readonly high: number
}

/**
 * Numbers keys 0, 1, 2, ... in the order in which they come. Keeps 64 bits of each key instead of the key: of ten million
 * keys two collide with a probability of 3 in a million.
 */
export class HashIndex {
  readonly #low = new GrowingColumn('u32')
  readonly #high = new GrowingColumn('u32')
  /** Entry + 1 by slot; 0 for a free one. */
  #slots = new Uint32Array(1 << 12)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Number of the key; -1 for one that never came. */
  find(hash: Hash): number {
    return this.#slots[this.#slotOf(hash)]! - 1
  }

  /** Number of the key, which is given one when it is new. */
  add(hash: Hash): number {
    const slot = this.#slotOf(hash)
    const known = this.#slots[slot]! - 1
    if (known !== -1) return known
    const entry = this.#size++
    this.#low.set(entry, hash.low)
    this.#high.set(entry, hash.high)
    this.#slots[slot] = entry + 1
    if (this.#size * 2 > this.#slots.length) this.#grow()
    return entry
  }

  /** The hash that an entry was added with. */
  hashAt(entry: number): Hash {
    return { low: this.#low.get(entry), high: this.#high.get(entry) }
  }

  #slotOf({ low, high }: Hash): number {
    const mask = this.#slots.length - 1
    for (let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]! - 1
      if (entry === -1 || (this.#low.get(entry) === low && this.#high.get(entry) === high)) return slot
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2)
    for (let entry = 0; entry < this.#size; entry++) this.#slots[this.#slotOf(this.hashAt(entry))] = entry + 1
  }
}

/** 64 bits of a text: two multiplicative hashes of its UTF-16 units (after cyrb53, public domain). */
export function hashText(text: string): Hash {
  let one = 0xdeadbeef
  let two = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    one = Math.imul(one ^ unit, 2654435761)
    two = Math.imul(two ^ unit, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return { low: one >>> 0, high: two >>> 0 }
}
