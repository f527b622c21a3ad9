import type { CallRequest, Reply } from '../../core/call.ts'
import { levelPrompt } from './levels.ts'
import { type FailedSeed, prepareSeed } from './prepare-seed.ts'
import type { LevelRecord } from './pseudo-label.types.ts'
import type { Seed } from './seed.ts'
import type { PseudoLabelSettings } from './settings.ts'

/** The levels of one seed, or why there are none. */
export type LabelledSeed = { readonly kind: 'levels'; readonly levels: readonly LevelRecord[] } | FailedSeed

/** The request for one level of a seed. */
export function levelRequest(seed: string, level: number, prompt: string, settings: PseudoLabelSettings): CallRequest {
  return {
    role: 'model',
    purpose: 'generate',
    messages: [{ role: 'user', content: prompt }],
    sampling: settings.sampling,
    sample: 0,
    item: `${seed}#L${level}`,
  }
}

/** Finds the constraints of a seed, and answers all its levels side by side. */
export async function labelSeed(
  seed: Seed,
  settings: PseudoLabelSettings,
  call: (request: CallRequest) => Promise<Reply>,
): Promise<LabelledSeed> {
  const prepared = await prepareSeed(seed, settings.mode, settings.levels, settings.generatorSampling, call)
  if (prepared.kind === 'failed') return prepared
  const { base, constraints, origin } = prepared
  const first = settings.hasLevelZero ? 0 : 1
  const levels = Array.from({ length: constraints.length - first + 1 }, (_, index) => first + index)
  const records = levels.map(async (level): Promise<LevelRecord> => {
    const prompt = levelPrompt(base, constraints, level)
    const { key, text, status, returnedModel, failure } = await call(levelRequest(seed.id, level, prompt, settings))
    return {
      seed: seed.id,
      level,
      task: base,
      prompt,
      constraints: constraints.slice(0, level),
      origin,
      response: text,
      status,
      failure: failure?.message ?? null,
      call: key,
      generatorCall: prepared.call,
      model: returnedModel,
    }
  })
  return { kind: 'levels', levels: await settledInOrder(records) }
}

/** Waits for all, so that no call is under way when the first error is thrown. */
async function settledInOrder<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}
