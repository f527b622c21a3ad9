import type { RewardModelScorer } from '../../checkers/scoring-context.ts'
import { UsageError } from '../../core/errors.ts'

/** A reward model with what has to be closed behind it. */
export type OpenRewardModel = RewardModelScorer & { close(): Promise<void> }

/**
 * Opens the reward model that `--rm` names: `embedded`, or a spec of an endpoint.
 * @throws UsageError, EndpointError, DataError
 */
export async function openRewardModel(
  spec: string,
  options: { readonly dataDir?: string | undefined; readonly warn: (message: string) => void },
): Promise<OpenRewardModel> {
  if (spec === 'embedded') throw new UsageError('no-embedded-rm', 'This build has no embedded reward model')
  const { openRewardModelEndpoint } = await import('../../checkers/reward-model/endpoints/index.ts')
  return openRewardModelEndpoint(spec, { dataDir: options.dataDir, warn: options.warn })
}
