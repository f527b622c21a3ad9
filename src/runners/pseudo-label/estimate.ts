import type { CallRole } from '../../core/call.ts'
import { estimateTokens } from '../../models/price/estimate-tokens.ts'
import { assumedOutputTokens } from '../estimate-run.ts'
import { levelRequest } from './label-seed.ts'
import { levelPrompt } from './levels.ts'
import { generatorRequest } from './prepare-seed.ts'
import { type Seed, type SeedConstraint, withoutRepeats } from './seed.ts'
import type { PseudoLabelSettings } from './settings.ts'

/** What a pass would ask of one endpoint, calls of an earlier sitting included. */
export interface PseudoLabelEstimate {
  readonly role: CallRole
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Stands for a constraint that the generator has yet to write. */
const assumedConstraint: SeedConstraint = {
  text: 'A requirement of about sixteen words, which is as long as most of them turn out to be.',
}

/** Counts calls and tokens before anything is spent. */
export function estimatePseudoLabel(
  seeds: readonly Seed[],
  settings: PseudoLabelSettings,
): readonly PseudoLabelEstimate[] {
  const model = { role: 'model' as const, calls: 0, inputTokens: 0, outputTokens: 0 }
  const generator = { role: 'generator' as const, calls: 0, inputTokens: 0, outputTokens: 0 }
  for (const seed of withoutRepeats(seeds).seeds) {
    if (!seed.constraints) {
      const { messages } = generatorRequest(seed, settings.mode, settings.levels, settings.generatorSampling, 0)
      add(generator, estimateTokens(messages), settings.generatorSampling.maxTokens)
    }
    const constraints = seed.constraints?.slice(0, settings.levels) ?? Array(settings.levels).fill(assumedConstraint)
    for (let level = settings.hasLevelZero ? 0 : 1; level <= constraints.length; level += 1) {
      const prompt = levelPrompt(seed.instruction, constraints, level)
      add(model, estimateTokens(levelRequest(seed.id, level, prompt, settings).messages), settings.sampling.maxTokens)
    }
  }
  return [model, generator].filter(({ calls }) => calls > 0)
}

function add(
  estimate: { calls: number; inputTokens: number; outputTokens: number },
  inputTokens: number,
  most: number | undefined,
): void {
  estimate.calls += 1
  estimate.inputTokens += inputTokens
  estimate.outputTokens += Math.min(assumedOutputTokens, most ?? assumedOutputTokens)
}
