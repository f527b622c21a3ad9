import { printable } from '../../core/printable.ts'

/** Characters that mean something to TeX, or that the default font encoding prints as something else. */
const replacements: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\char34{}',
  // Quotes, dashes and marks in braces do not grow together to other signs.
  "'": "{'}",
  '`': '\\`{}',
  '-': '{-}',
  '!': '{!}',
  '?': '{?}',
  // Behind the end of a row TeX reads these as an option of the line break.
  '[': '{[}',
  ']': '{]}',
  '*': '{*}',
  '–': '\\textendash{}',
  '—': '\\textemdash{}',
  '‘': '\\textquoteleft{}',
  '’': '\\textquoteright{}',
  '“': '\\textquotedblleft{}',
  '”': '\\textquotedblright{}',
  '…': '\\dots{}',
  '•': '\\textbullet{}',
  '±': '$\\pm$',
  '°': '$^{\\circ}$',
  '×': '$\\times$',
  '→': '$\\rightarrow$',
  '≥': '$\\geq$',
  '≤': '$\\leq$',
  '†': '\\dag{}',
  '‡': '\\ddag{}',
  '§': '\\S{}',
}

/** Letters that the default encoding of LaTeX accepts as they are. */
const plainLetters = /[À-ÏÑ-ÖØ-Ýß-ïñ-öø-ýÿ]/u

/**
 * Any text as LaTeX that compiles with nothing but the default packages, and prints what it says: special characters are
 * escaped, characters that the default fonts do not have are named by their code point (`[U+4F60]`).
 */
export function latexText(text: string): string {
  let escaped = ''
  for (const character of printable(text).replace(/[\t\n]+/g, ' ')) {
    const replacement = Object.hasOwn(replacements, character) ? replacements[character]! : undefined
    if (replacement !== undefined) escaped += replacement
    else if (isPlain(character)) escaped += character
    else escaped += `{[}U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}{]}\\allowbreak{}`
  }
  return escaped
}

function isPlain(character: string): boolean {
  return (character >= ' ' && character <= '~') || plainLetters.test(character)
}
