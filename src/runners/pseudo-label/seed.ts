import * as z from 'zod'
import { compileInstruction } from '../../checkers/instructions/registry.ts'
import { DataError, type DataLocation } from '../../core/errors.ts'
import { readJsonl } from '../../core/jsonl.ts'
import { repeatedConstraint } from './constraint-key.ts'

const constraintSchema = z.object({
  text: z.string().trim().min(1),
  type: z.string().optional(),
  rule: z.object({ id: z.string(), kwargs: z.record(z.string(), z.unknown()).default({}) }).optional(),
})

const seedSchema = z.object({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  instruction: z.string().trim().min(1),
  constraints: z.array(constraintSchema).min(1, 'leave it out to have a generator make them').optional(),
})

/** One requirement of an instruction. */
export interface SeedConstraint {
  readonly text: string
  readonly type?: string | undefined
  /** A rule that can tell whether it is met. */
  readonly rule?: { readonly id: string; readonly kwargs: Readonly<Record<string, unknown>> } | undefined
}

/** An instruction from which pseudo-labels are made. */
export interface Seed {
  readonly id: string
  readonly instruction: string
  /** Left out: to be split off or invented by the generator. */
  readonly constraints?: readonly SeedConstraint[] | undefined
}

/**
 * Reads seeds from JSONL: `{id, instruction, constraints?: [{text, type?, rule?: {id, kwargs}}]}`.
 * @param limit only the first so many, or null
 * @throws DataError `broken-line`, `bad-seed`, `duplicate-id`, `repeated-constraint`, `unknown-instruction`, `bad-parameters`, `no-seeds`
 */
export async function readSeeds(file: string, limit: number | null): Promise<readonly Seed[]> {
  const seeds: Seed[] = []
  const lines = new Map<string, number>()
  for await (const { value, line } of readJsonl(file)) {
    if (limit !== null && seeds.length >= limit) break
    const seed = checkSeed(value, { file, line })
    const before = lines.get(seed.id)
    if (before !== undefined) {
      throw new DataError('duplicate-id', `Expected every id once, got ${seed.id} again (first on line ${before})`, {
        location: { file, line },
      })
    }
    lines.set(seed.id, line)
    seeds.push(seed)
  }
  if (seeds.length === 0) throw new DataError('no-seeds', 'Expected at least one instruction', { location: { file } })
  return seeds
}

/** A seed that asks what an earlier one asks. */
export interface RepeatedSeed {
  readonly seed: string
  readonly of: string
}

/** Leaves out seeds with the instruction and the constraints of an earlier one: their pairs would be the same pairs. */
export function withoutRepeats(seeds: readonly Seed[]): {
  readonly seeds: readonly Seed[]
  readonly repeated: readonly RepeatedSeed[]
} {
  const first = new Map<string, string>()
  const kept: Seed[] = []
  const repeated: RepeatedSeed[] = []
  for (const seed of seeds) {
    const key = JSON.stringify([seed.instruction, seed.constraints?.map(({ text }) => text) ?? null])
    const of = first.get(key)
    if (of === undefined) {
      first.set(key, seed.id)
      kept.push(seed)
    } else repeated.push({ seed: seed.id, of })
  }
  return { seeds: kept, repeated }
}

/** One seed, with its rules proved. @throws DataError */
export function checkSeed(value: unknown, location: DataLocation): Seed {
  const parsed = seedSchema.safeParse(value)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new DataError(
      'bad-seed',
      `Expected {id, instruction, constraints?}: ${path.join('.') || 'line'}: ${message}`,
      {
        location,
      },
    )
  }
  const seed = parsed.data
  const repeated = repeatedConstraint((seed.constraints ?? []).map(({ text }) => text))
  if (repeated !== -1) {
    throw new DataError(
      'repeated-constraint',
      `Expected every constraint once, got ${JSON.stringify(seed.constraints![repeated]!.text)} again`,
      {
        location: { ...location, id: seed.id },
        hint: 'Its second step would label a response as missing what it was asked for.',
      },
    )
  }
  for (const { rule } of seed.constraints ?? []) {
    if (rule) compileInstruction(rule.id, rule.kwargs, { ...location, id: seed.id })
  }
  return seed
}
