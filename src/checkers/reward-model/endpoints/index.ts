import type { RewardModelEndpoint, RewardModelEndpointOptions } from './endpoint-options.ts'
import { parseRewardModelSpec } from './spec.ts'

export type { RewardModelEndpoint, RewardModelEndpointOptions, RewardModelStats } from './endpoint-options.ts'
export { parseRewardModelSpec, protocolNames, rewardModelSpecExamples } from './spec.ts'

/**
 * Opens the reward model of a `--rm` spec, see {@link parseRewardModelSpec} for the forms. What stands in the spec goes
 * over the options. Asks the server only with GET; scores nothing.
 * @throws UsageError for a bad spec, EndpointError for a server, model or optional package that cannot be used
 */
export async function openRewardModelEndpoint(
  spec: string,
  options: RewardModelEndpointOptions = {},
): Promise<RewardModelEndpoint> {
  const parsed = parseRewardModelSpec(spec)
  const all = { ...options, ...parsed.settings }
  switch (parsed.kind) {
    case 'http':
      return (await import('./open-http.ts')).openHttpRewardModel(parsed, all)
    case 'onnx':
      return (await import('./onnx/open.ts')).openOnnxRewardModel(parsed.folder, all)
    case 'llm':
      return (await import('./llm/open.ts')).openLlmRewardModel(parsed.model, all)
    default: {
      const never: never = parsed
      throw new Error(`Unknown spec: ${String(never)}`)
    }
  }
}
