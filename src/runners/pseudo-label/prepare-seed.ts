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
  | { readonly kind: 'failed'; readonly reason: string }

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
  for (let attempt = 0; attempt < rounds; attempt += 1) {
    const reply = await call(generatorRequest(seed, mode, count, sampling, attempt))
    if (reply.text === null) return { kind: 'failed', reason: `generator: ${reply.failure?.message ?? reply.status}` }
    const generated = readGenerated(reply.text, mode, seed.instruction, count)
    if (generated) return { kind: 'ready', origin: mode, call: reply.key, ...generated }
  }
  return { kind: 'failed', reason: `generator: no reply of ${rounds} could be read` }
}
