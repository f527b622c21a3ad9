import { strip } from '../../text/strip.ts'
import { isBlank } from '../../text/white-space.ts'

/**
 * What `fixed` scores in place of the raw text: outer white space is stripped, and line ends written as carriage return
 * and line feed become line feeds. Null for a blank response, which fails every constraint.
 */
export function repairResponse(text: string): string | null {
  if (isBlank(text)) return null
  const stripped = strip(text)
  return stripped.includes('\r\n') ? stripped.replaceAll('\r\n', '\n') : stripped
}
