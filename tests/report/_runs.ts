import type { Metric } from '../../src/core/metric.ts'
import type { BenchmarkHead, ScoredRun } from '../../src/report/table/table-model.ts'
import type { BenchmarkScores } from '../../src/runners/scores.ts'

/** Registry entries of two invented benchmarks, one a suite. */
export const heads: readonly BenchmarkHead[] = [
  {
    id: 'far',
    title: 'Far',
    suite: 'ood',
    clusterUnit: 'prompt',
    columns: [{ metric: 'grade', label: 'Avg.', title: 'Mean grade', primary: true }],
  },
  {
    id: 'near',
    title: 'Near',
    suite: 'id',
    clusterUnit: 'prompt',
    columns: [
      { metric: 'loose', label: 'Pr.(L)', title: 'Loose', primary: true },
      { metric: 'strict', label: 'Pr.(S)', title: 'Strict', primary: false },
    ],
  },
]

export function metric(id: string, value: number | null, over: Partial<Metric> = {}): Metric {
  return {
    id,
    protocol: 'official',
    value,
    scale: 'fraction',
    n: 100,
    unit: 'item',
    missing: 0,
    interval: null,
    bounds: null,
    ...over,
  }
}

export function near(value: number | null, over: Partial<BenchmarkScores> = {}): BenchmarkScores {
  return {
    benchmark: 'near',
    title: 'Near',
    suite: 'id',
    edition: 'v1',
    isSample: false,
    labels: [],
    scorers: { rule: 100 },
    items: 100,
    samples: 1,
    responses: { ok: 100 },
    verdicts: { official: { ok: 100 } },
    complete: true,
    metrics: { official: [metric('loose', value), metric('strict', value === null ? null : value / 2)] },
    warnings: {},
    ...over,
  }
}

export function far(grade: number): BenchmarkScores {
  const metrics = { official: [metric('grade', grade, { scale: 'score-10' })] }
  return { ...near(null), benchmark: 'far', title: 'Far', suite: 'ood', metrics }
}

interface RunOver {
  readonly tags?: Record<string, string>
  readonly seed?: number
  readonly temperature?: number
  readonly model?: string
  readonly limit?: number
}

export function scoredRun(name: string, benchmarks: readonly BenchmarkScores[], over: RunOver = {}): ScoredRun {
  const { tags = {}, seed, temperature, model = 'server model', limit = null } = over
  const scoring = {
    judge: null,
    extractor: null,
    rewardModel: null,
    soft: 'judge',
    python: null,
    protocols: ['official'],
  }
  return {
    name,
    scores: { format: 1, model, modelName: name, scoring, scoredAt: '', benchmarks, usage: {} },
    manifest: {
      identity: {
        format: 1,
        model,
        modelName: name,
        modelDependsOnMeta: false,
        sampling: { ...(temperature === undefined ? {} : { temperature }), ...(seed === undefined ? {} : { seed }) },
        systemPrompt: null,
        samples: 1,
        benchmarks: benchmarks.map(({ benchmark: id, edition, isSample }) => ({
          id,
          edition,
          isSample,
          dataHashes: { 'data.jsonl': `${id}-hash` },
          limit,
        })),
      },
      scoring,
      createdAt: '',
      command: [],
      tags,
      versions: { heed: '0', node: '', platform: '' },
      git: null,
    },
  }
}
