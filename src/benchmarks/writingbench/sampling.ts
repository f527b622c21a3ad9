import type { Sampling } from '../../core/sampling.ts'

/** Settings of upstream's judge call (version 2). */
export const judgeSampling: Sampling = { temperature: 1, topP: 0.95, maxTokens: 2048 }

/** The same for models that take temperature or top-p, but not both. */
export const judgeSamplingWithoutTemperature: Sampling = { topP: 0.95, maxTokens: 2048 }

const claude = /claude-(?:opus|sonnet|haiku)-(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/i

/**
 * Settings for a judge by the name of its endpoint. Claude models after 4.0 refuse temperature together with top-p; they
 * are sent top-p alone, as a public replication of the benchmark does. The name decides, not a refusal, so that the same
 * calls are found in the log again.
 */
export function judgeSamplingFor(endpoint: string | null): Sampling {
  const [, major, minor = '0'] = claude.exec(endpoint ?? '') ?? []
  const refusesBoth = major !== undefined && (Number(major) > 4 || (Number(major) === 4 && Number(minor) > 0))
  return refusesBoth ? judgeSamplingWithoutTemperature : judgeSampling
}
