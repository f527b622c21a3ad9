import type { LanguageProfile } from './language-profile.ts'

/** Character grams of all profiles as a trie in typed arrays, with the probability of each gram by language. */
export interface GramIndex {
  /** Node of a single character by UTF-16 unit; 0 for one that no gram begins with. */
  readonly firstNode: Int32Array
  /** Number of the character (by UTF-16 unit) in the trie; 0 for one that no gram has. */
  readonly characterId: Uint16Array
  /** Node of the gram of `parent` followed by a character; 0 if no gram goes that way. */
  child(parent: number, characterId: number): number
  /** Entries of node n are `rowStart[n]` to `rowStart[n + 1]` in `languages` and `probabilities`; none: not a gram. */
  readonly rowStart: Int32Array
  readonly languages: Uint8Array
  readonly probabilities: Float64Array
}

/** Grams of one to three characters of the basic plane; others cannot be met and are left out. */
export function buildGramIndex(profiles: readonly LanguageProfile[]): GramIndex {
  const characterId = new Uint16Array(0x10000)
  let characters = 0
  const trie = new Trie()
  const nodes: number[] = []
  const languages: number[] = []
  const probabilities: number[] = []
  for (let language = 0; language < profiles.length; language += 1) {
    const { freq, n_words: totals } = profiles[language]!
    for (const gram in freq) {
      if (gram.length < 1 || gram.length > 3) continue
      let node = 0
      for (let index = 0; index < gram.length; index += 1) {
        const unit = gram.charCodeAt(index)
        if (characterId[unit] === 0) {
          characters += 1
          characterId[unit] = characters
        }
        node = trie.add(node, characterId[unit]!)
      }
      nodes.push(node)
      languages.push(language)
      probabilities.push(freq[gram]! / totals[gram.length - 1]!)
    }
  }
  const firstNode = new Int32Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit += 1) {
    if (characterId[unit] !== 0) firstNode[unit] = trie.child(0, characterId[unit]!)
  }
  return {
    firstNode,
    characterId,
    child: (parent, id) => trie.child(parent, id),
    ...sortByNode(trie.size, nodes, languages, probabilities),
  }
}

function sortByNode(
  size: number,
  nodes: readonly number[],
  languages: readonly number[],
  probabilities: readonly number[],
) {
  const rowStart = new Int32Array(size + 1)
  for (const node of nodes) rowStart[node + 1]! += 1
  for (let node = 0; node < size; node += 1) rowStart[node + 1]! += rowStart[node]!
  const next = rowStart.slice()
  const sortedLanguages = new Uint8Array(nodes.length)
  const sortedProbabilities = new Float64Array(nodes.length)
  for (let entry = 0; entry < nodes.length; entry += 1) {
    const place = next[nodes[entry]!]!
    next[nodes[entry]!] = place + 1
    sortedLanguages[place] = languages[entry]!
    sortedProbabilities[place] = probabilities[entry]!
  }
  return { rowStart, languages: sortedLanguages, probabilities: sortedProbabilities }
}

/** Open addressing over (parent, character): two 32-bit arrays, no objects in the hot path. */
class Trie {
  size = 1
  #mask = (1 << 17) - 1
  #keys = new Float64Array(this.#mask + 1)
  #values = new Int32Array(this.#mask + 1)

  child(parent: number, character: number): number {
    const key = parent * 65536 + character
    const keys = this.#keys
    let slot = this.#slot(parent, character)
    while (keys[slot] !== 0) {
      if (keys[slot] === key) return this.#values[slot]!
      slot = (slot + 1) & this.#mask
    }
    return 0
  }

  add(parent: number, character: number): number {
    const known = this.child(parent, character)
    if (known !== 0) return known
    if (this.size * 2 > this.#mask) this.#grow()
    this.#insert(parent, character, this.size)
    this.size += 1
    return this.size - 1
  }

  #insert(parent: number, character: number, value: number): void {
    let slot = this.#slot(parent, character)
    while (this.#keys[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#keys[slot] = parent * 65536 + character
    this.#values[slot] = value
  }

  #slot(parent: number, character: number): number {
    const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(character, 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & this.#mask
  }

  #grow(): void {
    const keys = this.#keys
    const values = this.#values
    this.#mask = keys.length * 2 - 1
    this.#keys = new Float64Array(keys.length * 2)
    this.#values = new Int32Array(keys.length * 2)
    for (let slot = 0; slot < keys.length; slot += 1) {
      const key = keys[slot]!
      if (key !== 0) this.#insert(Math.floor(key / 65536), key % 65536, values[slot]!)
    }
  }
}
