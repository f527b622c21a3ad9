import * as z from 'zod'
import type { PythonOutcome } from '../scoring-context.ts'

/** First line of a child process: the interpreter is loaded. */
export const ReadyLine = z.object({ ready: z.literal(true), token: z.string(), python: z.string() })

/** Answer to one check. `failure`: something outside Python broke, and the process ends. */
export const ReplyLine = z.object({
  id: z.number(),
  token: z.string(),
  reply: z.string().optional(),
  failure: z.string().optional(),
  /** Bytes of the interpreter's memory. */
  size: z.number(),
})
export type ReplyLine = z.infer<typeof ReplyLine>

const Outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('value'),
    type: z.string(),
    truthy: z.boolean(),
    value: z.unknown().optional(),
    special: z.enum(['nan', 'inf', '-inf']).optional(),
  }),
  z.object({
    kind: z.literal('error'),
    error: z.string(),
    reason: z.enum(['exception', 'memory', 'unserialisable']),
  }),
])

const numbers = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }

/** Reads what the harness wrote. It comes from beside the snippet, so that anything may be in it. */
export function readOutcome(reply: string): PythonOutcome {
  const parsed = Outcome.safeParse(tolerantJson(reply))
  if (!parsed.success) return { kind: 'error', error: 'the sandbox gave no readable result', reason: 'unserialisable' }
  if (parsed.data.kind === 'error') return parsed.data
  const { type, truthy, value, special } = parsed.data
  return { kind: 'value', type, truthy, value: special ? numbers[special] : (value ?? null) }
}

function tolerantJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
