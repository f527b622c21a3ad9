/**
 * Python's notion of "same letter" under `re.IGNORECASE`: characters of equal simple lower case, and small letters of
 * equal upper case. So i, I, İ and ı all match each other, k matches the Kelvin sign, s the long s.
 */
const asciiVariants: Readonly<Record<string, string>> = { i: 'iIİı', k: 'kK\u212a', s: 'sSſ' }

let wideVariants: Map<string, string> | null = null

/**
 * All characters that match one character when case is ignored, itself included.
 * @param character one code point
 */
export function caseVariants(character: string): string {
  if (character.length === 1 && character < '\x80') {
    const small = character.toLowerCase()
    return asciiVariants[small] ?? (small === small.toUpperCase() ? small : small + small.toUpperCase())
  }
  wideVariants ??= collectVariants()
  return wideVariants.get(simpleLower(character)) ?? character
}

/**
 * Maps a text so that two texts are equal under `re.IGNORECASE` as far as ASCII letters go: lower case, with the three
 * foreign letters that match i, k and s. Keeps the number of UTF-16 units.
 */
export function foldForSearch(text: string): string {
  return (
    foreign.test(text)
      ? text
          .replace(/[İı]/g, 'i')
          .replace(/\u212a/g, 'k')
          .replace(/ſ/g, 's')
      : text
  ).toLowerCase()
}

const foreign = /[İı\u212aſ]/

function simpleLower(character: string): string {
  return character === 'İ' ? 'i' : character.toLowerCase()
}

function collectVariants(): Map<string, string> {
  const byLower = new Map<string, string[]>()
  const byUpper = new Map<string, string[]>()
  for (let code = 0; code < 0x1f000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue
    const character = String.fromCodePoint(code)
    const lower = simpleLower(character)
    const upper = character.toUpperCase()
    if (lower === character && upper === character) continue
    append(byLower, lower, character)
    if (lower === character) append(byUpper, upper, character)
  }
  const variants = new Map<string, string>()
  for (const [lower, members] of byLower) {
    const relatives = byUpper.get(lower.toUpperCase()) ?? [lower]
    const all = relatives.includes(lower) ? relatives.flatMap((relative) => byLower.get(relative) ?? []) : members
    variants.set(lower, [...new Set([lower, ...all])].join(''))
  }
  return variants
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}
