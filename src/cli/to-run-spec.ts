import type { BenchmarkReference } from '../benchmarks/registry.ts'
import type { Sampling } from '../core/sampling.ts'
import { protocols } from '../core/verdict.ts'
import { defaultEndpoint } from '../runners/default-endpoint.ts'
import type { EndpointSpec, RunSpec } from '../runners/run-spec.ts'
import type { GenerationOptions, SharedOptions } from './run-options.ts'

/** A run specification from parsed options. */
export function toRunSpec(
  model: string,
  references: readonly BenchmarkReference[],
  options: SharedOptions & GenerationOptions,
): RunSpec {
  const endpoint = (spec: string): EndpointSpec => ({
    ...defaultEndpoint(spec),
    concurrency: options.concurrency,
    requestsPerMinute: options.rpm ?? null,
    tokensPerMinute: options.tpm ?? null,
    maxRetries: options.maxRetries,
    timeoutSeconds: options.timeout,
  })
  const judging = (spec: string): EndpointSpec => ({
    ...endpoint(spec),
    ...(options.judgeExtraBody === undefined ? {} : { extraBody: options.judgeExtraBody }),
  })
  return {
    model: {
      ...endpoint(model),
      headers: options.header ?? {},
      apiKeyEnv: options.apiKeyEnv ?? null,
      revision: options.revision ?? null,
      thinking: options.thinking,
    },
    name: options.name ?? null,
    judge: options.judge === undefined ? null : judging(options.judge),
    extractor: options.extractor === undefined ? null : judging(options.extractor),
    references,
    sample: options.sample === true,
    limit: options.limit ?? null,
    shard: options.shard ?? null,
    answeredOnly: options.answered === true,
    samples: options.samples ?? null,
    sampling: toSampling(options),
    systemPrompt: options.system ?? null,
    bootstrapSeed: options.bootstrapSeed,
    soft: options.soft ?? null,
    rewardModel: {
      spec: options.rm ?? null,
      agreement: options.cascadeAgreement,
      calibration: options.calibration ?? null,
    },
    isSandboxOff: options.codeSandbox === 'off',
    protocols: options.protocol === 'both' ? protocols : [options.protocol],
    out: options.out ?? null,
    resultsRoot: options.results,
    dataDir: options.dataDir ?? null,
    offline: options.offline === true,
    maxCost: options.maxCost ?? null,
    prices: options.prices ?? null,
    tags: { ...options.tag, ...(options.name === undefined ? {} : { name: options.name }) },
    command: ['bench', ...process.argv.slice(2)],
  }
}

function toSampling(options: GenerationOptions): Sampling {
  const { temperature, topP, maxTokens, seed, stop, extraBody } = options
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined ? {} : { stop }),
    ...(extraBody === undefined ? {} : { extraBody }),
  }
}
