import { repeatedConstraint } from './constraint-key.ts'
import type { GenerationMode } from './generator-prompts.ts'
import { jsonObjectsIn } from './json-objects.ts'
import type { SeedConstraint } from './seed.ts'

/** What a generator made of an instruction. */
export interface GeneratedConstraints {
  /** The instruction without the constraints. */
  readonly base: string
  readonly constraints: readonly SeedConstraint[]
}

/** A generator's reply as it was read. */
export type ReadReply =
  | ({ readonly kind: 'read' } & GeneratedConstraints)
  /** The reply is well-formed and says that the instruction states no requirement. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly reason: string }

/** Reads a generator's reply: the first JSON object in it that can be used, with or without anything around it. */
export function readGenerated(reply: string, mode: GenerationMode, instruction: string, count: number): ReadReply {
  let first: ReadReply | null = null
  for (const object of jsonObjectsIn(reply)) {
    const read =
      mode === 'extend' ? readNumbered(object, instruction, count) : readSplit(object as Record<string, unknown>, count)
    if (read.kind !== 'unreadable') return read
    first ??= read
  }
  return first ?? unreadable('there is no JSON object in it')
}

type JsonObject = Readonly<Record<string, unknown>>

function readNumbered(object: JsonObject, instruction: string, count: number): ReadReply {
  const names = Array.from({ length: count }, (_, index) => `c${index + 1}`)
  const missing = names.find((name) => toConstraint(object[name]) === null)
  if (missing !== undefined) return unreadable(`${missing} is missing or no text`)
  return checked(
    instruction,
    names.map((name) => toConstraint(object[name])!),
  )
}

function readSplit({ task, constraints }: JsonObject, count: number): ReadReply {
  if (typeof task !== 'string' || task.trim() === '') return unreadable('`task` is missing or no text')
  if (!Array.isArray(constraints)) return unreadable('`constraints` is no list')
  if (constraints.length === 0) return { kind: 'none' }
  const read = constraints.slice(0, count).map(toConstraint)
  const odd = read.indexOf(null)
  return odd === -1 ? checked(task.trim(), read as SeedConstraint[]) : unreadable(`constraint ${odd + 1} is no text`)
}

function checked(base: string, constraints: readonly SeedConstraint[]): ReadReply {
  const repeated = repeatedConstraint(constraints.map(({ text }) => text))
  return repeated === -1
    ? { kind: 'read', base, constraints }
    : unreadable(`constraint ${repeated + 1} repeats an earlier one`)
}

function unreadable(reason: string): ReadReply {
  return { kind: 'unreadable', reason }
}

function toConstraint(value: unknown): SeedConstraint | null {
  const { text, type } =
    typeof value === 'string' ? { text: value, type: undefined } : ((value ?? {}) as { text?: unknown; type?: unknown })
  if (typeof text !== 'string' || text.trim() === '') return null
  return { text: text.trim(), ...(typeof type === 'string' && type.trim() !== '' ? { type: type.trim() } : {}) }
}
