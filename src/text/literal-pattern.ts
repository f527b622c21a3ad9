import { caseVariants } from './ignore-case.ts'

/**
 * A text that matches itself and nothing else, as source of a JavaScript regular expression for flag `u`.
 * @param ignoreCase like `re.IGNORECASE`: the variants are written out, so compile it WITHOUT flag `i`. @default false
 */
export function literalPattern(text: string, { ignoreCase = false }: { readonly ignoreCase?: boolean } = {}): string {
  let source = ''
  for (const character of text) {
    const variants = ignoreCase ? caseVariants(character) : character
    source += variants === character ? escaped(character) : `[${Array.from(variants, escaped).join('')}]`
  }
  return source
}

function escaped(character: string): string {
  return /[\w\p{L}]/u.test(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`
}
