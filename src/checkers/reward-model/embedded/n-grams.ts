/** More n-grams of one text are not kept: time must stay bounded. */
const most = 48
const token = /[a-z']{1,30}|[#_]|[\p{Script=Han}]/gu

/**
 * Hashes of the n-grams of a lower-case text, each once: single words and pairs of words, in Chinese one to three signs.
 * All numbers are alike.
 */
export function hashedGrams(lower: string): Uint32Array {
  const tokens = lower.replace(/\d+/g, '#').match(token) ?? []
  const hashes = new Set<number>()
  for (let at = 0; at < tokens.length && hashes.size < most; at += 1) {
    let hash = hashOf(tokens[at]!, 2166136261)
    hashes.add(hash)
    const longest = tokens[at]! > '\u2e80' ? 3 : 2
    for (let length = 2; length <= longest && at + length <= tokens.length; length += 1) {
      hash = hashOf(tokens[at + length - 1]!, Math.imul(hash ^ 32, 16777619))
      hashes.add(hash)
    }
  }
  return Uint32Array.from(hashes)
}

/** FNV-1a over code units. */
function hashOf(text: string, start: number): number {
  let hash = start
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619)
  return hash >>> 0
}
