import * as z from 'zod'
import type { ReplyFormat } from '../../core/call.ts'

/** What the judge says. */
export const JudgeResponse = z.object({ reasoning: z.string(), verdict: z.enum(['YES', 'NO']) })
export type JudgeResponse = z.infer<typeof JudgeResponse>

/** Structured output that upstream asks the judge for. */
export const replyFormat: ReplyFormat = {
  name: 'JudgeResponse',
  strict: true,
  schema: {
    type: 'object',
    properties: { reasoning: { type: 'string' }, verdict: { type: 'string', enum: ['YES', 'NO'] } },
    required: ['reasoning', 'verdict'],
    additionalProperties: false,
  },
}

/**
 * Upstream's reading: the whole content is one JSON object with a string and an exact YES or NO. Further keys are
 * ignored; anything else is no verdict.
 */
export function readStructured(reply: string): JudgeResponse | null {
  let value: unknown
  try {
    value = JSON.parse(reply)
  } catch {
    return null
  }
  return JudgeResponse.safeParse(value).data ?? null
}

const fenced = /^```(?:json|JSON)?[ \t]*\r?\n([\s\S]*)\n[ \t]*```$/

/**
 * The repaired reading, for judges without structured output: the JSON object may stand in a code fence, alone. Text
 * around it is not read: a judge that quotes the response could quote a verdict.
 */
export function readLeniently(reply: string): JudgeResponse | null {
  return readStructured(reply) ?? readStructured(fenced.exec(reply.trim())?.[1] ?? '')
}
