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

/** Written without flag `i`, under which `ſ` would match every s. Letters with more than two forms always pass. */
const hint =
  /[cC][aA][nN]{2}[oO][tT]|[dD]'[yY][eE]|[gG](?:[iI][mM]{2}[eE]|[oO](?:[nN]{2}|[tT]{2})[aA])|[lL][eE][mM]{2}[eE]|[mM][oO][rR][eE]'[nN]|[wW][aA][nN]{2}[aA]|'[tT][iIwW]|[İıſ]/

/** Splits the contractions that NLTK lists into their two words. */
export function padContractions(text: string): string {
  if (!hint.test(text)) return text
  let padded = text
  for (const contraction of contractions) padded = padded.replace(contraction, ' $1 $2 ')
  return padded
}
