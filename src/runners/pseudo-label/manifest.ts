import type { Redactor } from '../../core/redact.ts'
import type { CallTarget } from '../call-target.ts'
import { type Manifest, manifestFormat } from '../manifest.ts'
import { gitState, versions } from '../versions.ts'
import { generatorPromptHash } from './generator-prompts.ts'
import { pseudoLabelName } from './run-pseudo-label.ts'
import type { PseudoLabelSettings } from './settings.ts'

/** What the manifest of a pass is made of. */
export interface PseudoLabelManifestParts {
  readonly model: CallTarget
  /** Null where all seeds bring their constraints. */
  readonly generator: CallTarget | null
  readonly settings: PseudoLabelSettings
  readonly isSample: boolean
  /** sha256 of the seeds. */
  readonly seedsHash: string
  readonly limit: number | null
  readonly command: readonly string[]
  readonly redactor: Redactor
}

/** The manifest of a run folder with pseudo-labels. What is only left out of the output is no part of the identity. */
export async function pseudoLabelManifest(parts: PseudoLabelManifestParts): Promise<Manifest> {
  const { model, generator, settings, isSample, seedsHash, limit, command, redactor } = parts
  const { levels, hasLevelZero, mode, sampling } = settings
  const steps = [`L${hasLevelZero ? 0 : 1}-L${levels}`, ...(generator ? [mode] : [])]
  return {
    identity: {
      format: manifestFormat,
      model: model.id,
      modelName: model.name,
      modelDependsOnMeta: model.dependsOnMeta,
      sampling,
      systemPrompt: null,
      samples: 1,
      benchmarks: [
        {
          id: pseudoLabelName,
          edition: steps.join(' '),
          isSample,
          dataHashes: { seeds: seedsHash, ...(generator ? { generatorPrompt: generatorPromptHash(mode) } : {}) },
          limit,
        },
      ],
    },
    scoring: {
      judge: null,
      extractor: generator?.id ?? null,
      rewardModel: null,
      soft: pseudoLabelName,
      python: null,
      protocols: [],
    },
    createdAt: new Date().toISOString(),
    command: command.map((word) => redactor.message(word)),
    tags: {},
    versions: versions(),
    git: await gitState(),
  }
}
