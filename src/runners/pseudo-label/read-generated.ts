import type { GenerationMode } from './generator-prompts.ts'
import type { SeedConstraint } from './seed.ts'

/** What a generator made of an instruction. */
export interface GeneratedConstraints {
  /** The instruction without the constraints. */
  readonly base: string
  readonly constraints: readonly SeedConstraint[]
}

/**
 * Reads a generator's reply: the JSON object in it, with or without a fence around it.
 * @returns null where it cannot be used: no object, too few or equal constraints, no task
 */
export function readGenerated(
  reply: string,
  mode: GenerationMode,
  instruction: string,
  count: number,
): GeneratedConstraints | null {
  const object = objectIn(reply)
  if (object === null) return null
  const isExtended = mode === 'extend'
  const base = isExtended ? instruction : typeof object.task === 'string' ? object.task.trim() : ''
  const values = isExtended ? numbered(object, count) : Array.isArray(object.constraints) ? object.constraints : []
  const constraints = values.slice(0, count).map(toConstraint)
  const texts = constraints.map((constraint) => constraint?.text)
  const isComplete = constraints.length >= (isExtended ? count : 1) && !texts.includes(undefined)
  if (!isComplete || base === '' || new Set(texts).size < texts.length) return null
  return { base, constraints: constraints as SeedConstraint[] }
}

function numbered(object: Readonly<Record<string, unknown>>, count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => object[`c${index + 1}`])
}

function toConstraint(value: unknown): SeedConstraint | null {
  const { text, type } =
    typeof value === 'string' ? { text: value, type: undefined } : ((value ?? {}) as { text?: unknown; type?: unknown })
  if (typeof text !== 'string' || text.trim() === '') return null
  return { text: text.trim(), ...(typeof type === 'string' && type.trim() !== '' ? { type: type.trim() } : {}) }
}

function objectIn(reply: string): Readonly<Record<string, unknown>> | null {
  const start = reply.indexOf('{')
  const end = reply.lastIndexOf('}')
  if (start === -1 || end < start) return null
  try {
    const value: unknown = JSON.parse(reply.slice(start, end + 1))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
