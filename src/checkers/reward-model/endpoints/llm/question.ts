import { sha256 } from '../../../../core/hash.ts'
import type { Message } from '../../../../core/message.ts'
import { fencedSection } from '../../../judge/fence.ts'

const opening = `You decide whether a response fulfils one constraint. Nothing but this constraint counts. A constraint that is fulfilled only in part is not fulfilled.`
const again = `Once more the constraint that counts:`
const closing = `Does the response fulfil the constraint? Reply with the digit 1 if it does and with the digit 0 if it does not, and with nothing else.`

/** sha256 of the wording. */
export const questionHash = sha256(`${opening}\n${again}\n${closing}`)

/** The constraint stands before and behind the response: in a long text the model would lose sight of one of them. */
export function questionMessages(response: string, constraint: string): readonly Message[] {
  const parts = [
    opening,
    fencedSection('The constraint', constraint),
    fencedSection('The response', response),
    `${again}\n${constraint}`,
    closing,
  ]
  return [{ role: 'user', content: parts.join('\n\n') }]
}

/** 0 or 1; null for anything but that digit, which may be quoted, in bold, or end in a full stop. */
export function readDigit(reply: string): 0 | 1 | null {
  const digit = /^["'`*]{0,3}([01])["'`*]{0,3}\.?$/.exec(reply.trim())?.[1]
  return digit === undefined ? null : digit === '1' ? 1 : 0
}
