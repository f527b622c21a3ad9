import { sha256 } from '../../core/hash.ts'
import type { Message } from '../../core/message.ts'
import { fencedSection } from '../judge/fence.ts'
import type { LabelledRow } from './labelled-set.ts'

const opening = `You check whether a response meets one requirement. Nothing but this requirement counts: neither other qualities of the response nor what you would have preferred.`

const closing = `Be strict: a requirement that is met only in part is not met. The material may be in any language.

Reply with one JSON object and nothing around it. Its first key, "reason", holds one or two sentences that point at the response; its second key, "satisfied", is true or false.`

/** sha256 of the wording: part of the call key. */
export const questionHash = sha256(`${opening}\n${closing}`)

/** The question to the judge about one row. Whatever comes from the set stands inside fences. */
export function questionMessages({ prompt, response, constraint }: LabelledRow): readonly Message[] {
  const parts = [
    opening,
    ...(prompt === undefined ? [] : [fencedSection('The task that the response was written for', prompt)]),
    fencedSection('The response', response),
    fencedSection('The requirement', constraint),
    closing,
  ]
  return [{ role: 'user', content: parts.join('\n\n') }]
}

const fenced = /^```(?:json|JSON)?[ \t]*\r?\n([\s\S]*)\n[ \t]*```$/

/**
 * Reads a reply: a JSON object with a boolean `satisfied`, alone or in a code fence. Text around it is not read, since a
 * judge that quotes the response could quote a verdict. Null when it cannot be read.
 */
export function readSatisfied(reply: string): boolean | null {
  const text = reply.trim()
  for (const candidate of [text, fenced.exec(text)?.[1] ?? '']) {
    try {
      const value: unknown = JSON.parse(candidate)
      if (typeof value !== 'object' || value === null || !('satisfied' in value)) continue
      if (typeof value.satisfied === 'boolean') return value.satisfied
    } catch {
      // Not JSON: the next form may be.
    }
  }
  return null
}
