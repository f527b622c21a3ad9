import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RewardModelScorer, SoftPolicy } from '../checkers/scoring-context.ts'
import { UsageError } from '../core/errors.ts'
import type { ScoringIdentity } from './manifest.ts'
import { readManifest, runFiles } from './run-folder.ts'

/** A reward model and the thresholds at which it decides. */
export type RewardModelIdentity = Pick<RewardModelScorer, 'id' | 'threshold' | 'sure'>

/** As the manifest has it: two runs with another text here do not compare. */
export function describeRewardModel({ id, threshold, sure }: RewardModelIdentity): string {
  const alone = sure ? `, alone at p <= ${sure.below} and p >= ${sure.above}, audit ${sure.audit ?? 0}` : ''
  return `${id}, p >= ${threshold}${alone}`
}

const form =
  /^(?<id>.+), p >= (?<threshold>[^ ,]+)(?:, alone at p <= (?<below>[^ ,]+) and p >= (?<above>[^ ,]+), audit (?<audit>[^ ,]+))?$/s

/** The other way round; null for a text of another form. */
export function readRewardModel(text: string): RewardModelIdentity | null {
  const groups = form.exec(text)?.groups
  if (!groups) return null
  const { id, threshold, below, above, audit } = groups
  const sure = below === undefined ? {} : { sure: { below: Number(below), above: Number(above), audit: Number(audit) } }
  return { id: id!, threshold: Number(threshold), ...sure }
}

/**
 * The served reward model that scored a run before, so that its scores can be found in the call log without asking the
 * server who it is.
 * @param address address of the server, as in the model's identity
 * @throws UsageError `offline-rm` when no scoring of the folder was made by it, or several with different thresholds were
 */
export function recordedRewardModel(folder: string | null, address: string, soft: SoftPolicy): RewardModelIdentity {
  const texts = new Set<string>()
  for (const { rewardModel, soft: by } of folder === null ? [] : scoringsIn(folder)) {
    if (rewardModel !== null && by === soft && rewardModel.split(/[ #,]/).includes(address)) texts.add(rewardModel)
  }
  const [only] = texts
  const identity = texts.size === 1 ? readRewardModel(only!) : null
  if (identity) return identity
  const place = folder === null ? 'a run folder that is not named' : folder
  throw new UsageError(
    'offline-rm',
    `Expected one scoring by the reward model at ${address} (--soft ${soft}) in ${place}, found ${texts.size}`,
    {
      hint:
        folder === null
          ? 'Offline a served model is known from the run folder: name it with --out. The embedded model works offline, too: --rm embedded.'
          : 'Offline only scores that are in the call log can be had. The embedded model works offline, too: --rm embedded.',
    },
  )
}

/** How the run and its further scorings were scored. */
function scoringsIn(folder: string): ScoringIdentity[] {
  if (!existsSync(join(folder, runFiles.manifest))) return []
  const further = join(folder, runFiles.scorings)
  const names = existsSync(further) ? readdirSync(further) : []
  return [
    readManifest(folder).scoring,
    ...names.flatMap((name) => {
      const file = join(further, name, runFiles.scores)
      if (!existsSync(file)) return []
      const { scoring } = JSON.parse(readFileSync(file, 'utf8')) as { scoring?: ScoringIdentity }
      return scoring ? [scoring] : []
    }),
  ]
}
