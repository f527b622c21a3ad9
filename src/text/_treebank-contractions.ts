import { BOUNDARY, W, WS } from './regex-classes.ts'

/** A literal without regard to case as Python has it: i has four forms, s and k three. */
function anyCase(literal: string): string {
  const special: Readonly<Record<string, string>> = { i: '[iIİı]', s: '[sSſ]', k: '[kK\u212a]' }
  return [...literal]
    .map((letter) => special[letter] ?? (letter === "'" ? letter : `[${letter}${letter.toUpperCase()}]`))
    .join('')
}

function pair(first: string, second: string, after = `(?!${W})`): RegExp {
  return new RegExp(`${BOUNDARY}(${anyCase(first)})(${anyCase(second)})${after}`, 'gu')
}

const contractions: readonly RegExp[] = [
  pair('can', 'not'),
  pair('d', "'ye"),
  pair('gim', 'me'),
  pair('gon', 'na'),
  pair('got', 'ta'),
  pair('lem', 'me'),
  pair('more', "'n"),
  pair('wan', 'na', `(?=${WS})`),
  new RegExp(` (${anyCase("'t")})(${anyCase('is')})(?!${W})`, 'gu'),
  new RegExp(` (${anyCase("'t")})(${anyCase('was')})(?!${W})`, 'gu'),
]

const hint = /cannot|d'ye|gimme|gonna|gotta|lemme|more'n|wanna|'t[iİıw]|[İıſ]/iu

/** Splits the contractions that NLTK lists into their two words. */
export function padContractions(text: string): string {
  if (!hint.test(text)) return text
  let padded = text
  for (const contraction of contractions) padded = padded.replace(contraction, ' $1 $2 ')
  return padded
}
