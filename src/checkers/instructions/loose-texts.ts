import { strip } from '../../text/strip.ts'

/**
 * The texts of loose mode besides the response itself: without the first line, the last line, both; and these four
 * without asterisks. Equal ones and blank ones are left out.
 *
 * parity: lines end at "\n" only; lines are taken off before the strip, asterisks after it.
 */
export function looseTexts(response: string): string[] {
  const first = response.indexOf('\n')
  const last = response.lastIndexOf('\n')
  const hasLines = first >= 0
  const cut = hasLines
    ? [
        strip(response.slice(first + 1)),
        strip(response.slice(0, last)),
        last > first ? strip(response.slice(first + 1, last)) : '',
      ]
    : []
  const texts: string[] = []
  const add = (text: string): void => {
    if (text !== response && !texts.includes(text)) texts.push(text)
  }
  for (const text of cut) add(text)
  if (response.includes('*')) for (const text of [response, ...cut]) add(text.replaceAll('*', ''))
  return texts.filter((text) => strip(text) !== '')
}
