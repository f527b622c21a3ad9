import type { CallRequest, Reply } from '../../core/call.ts'
import type { Sampling } from '../../core/sampling.ts'
import { type GenerationMode, generatorPrompt, generatorPromptHash } from './generator-prompts.ts'
import { type GeneratedConstraints, readGenerated } from './read-generated.ts'
import type { Seed } from './seed.ts'

/** A seed whose constraints are known, or why they are not. */
export type PreparedSeed =
  | (GeneratedConstraints & {
      readonly kind: 'ready'
      readonly origin: 'given' | GenerationMode
      readonly call: string | null
    })
  | FailedSeed

/** A seed without pairs. */
export interface FailedSeed {
  readonly kind: 'failed'
  readonly reason: string
  /** True where the same command would not come to more: no reply is missing, none was unreadable. */
  readonly isFinal: boolean
}

/** How often a generator is asked for a reply that can be read. */
const rounds = 3

/** The request to a generator. */
export function generatorRequest(
  seed: Seed,
  mode: GenerationMode,
  count: number,
  sampling: Sampling,
  attempt: number,
): CallRequest {
  return {
    role: 'generator',
    purpose: mode,
    messages: [{ role: 'user', content: generatorPrompt(mode, seed.instruction, count) }],
    sampling,
    sample: 0,
    attempt,
    templateHash: generatorPromptHash(mode),
    item: seed.id,
  }
}

/** The constraints of a seed: its own, or what the generator makes. */
export async function prepareSeed(
  seed: Seed,
  mode: GenerationMode,
  count: number,
  sampling: Sampling,
  call: (request: CallRequest) => Promise<Reply>,
): Promise<PreparedSeed> {
  if (seed.constraints) {
    const constraints = seed.constraints.slice(0, count)
    return { kind: 'ready', origin: 'given', base: seed.instruction, constraints, call: null }
  }
  let reason = ''
  for (let attempt = 0; attempt < rounds; attempt += 1) {
    const reply = await call(generatorRequest(seed, mode, count, sampling, attempt))
    if (reply.text === null) {
      const why = reply.failure?.message ?? reply.status
      return { kind: 'failed', reason: `generator: ${why}`, isFinal: false }
    }
    const read = readGenerated(reply.text, mode, seed.instruction, count)
    if (read.kind === 'none') return { kind: 'failed', reason: 'it states no requirement', isFinal: true }
    if (read.kind === 'read') {
      const { base, constraints } = read
      return { kind: 'ready', origin: mode, call: reply.key, base, constraints }
    }
    reason = read.reason
  }
  return {
    kind: 'failed',
    reason: `generator: no reply of ${rounds} could be read; in the last ${reason}`,
    isFinal: false,
  }
}
