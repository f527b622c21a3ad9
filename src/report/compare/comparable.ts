import type { Benchmark } from '../../benchmarks/benchmark.ts'
import { UsageError } from '../../core/errors.ts'
import { canonicalJson } from '../../core/hash.ts'
import type { Protocol } from '../../core/verdict.ts'
import { shardName } from '../../runners/shard.ts'
import { hasDecision } from '../describe-scorers.ts'
import { type ReadRun, scoresOf } from './checkpoint.ts'

/** One reason why figures of two runs may not be compared. */
export interface Obstacle {
  /** What differs: `judge`, `edition`, `data`, ... */
  readonly field: string
  readonly a: string
  readonly b: string
}

/**
 * Everything that moves a figure and is not the checkpoint: data, items, protocol, samples, scorers and their labels.
 * Two runs compare only when all of it is equal.
 */
export function obstacles(benchmark: Benchmark, a: ReadRun, b: ReadRun, protocol: Protocol): readonly Obstacle[] {
  const factsA = comparedFacts(benchmark, a, protocol)
  const factsB = comparedFacts(benchmark, b, protocol)
  return [...factsA].flatMap(([field, value]) => {
    const other = factsB.get(field)!
    return value === other ? [] : [{ field, a: value, b: other }]
  })
}

/**
 * @throws UsageError `not-comparable` naming every difference
 */
export function assertComparable(benchmark: Benchmark, a: ReadRun, b: ReadRun, protocol: Protocol): void {
  const found = obstacles(benchmark, a, b, protocol)
  if (found.length > 0) {
    const lines = found.map(({ field, a: left, b: right }) => `  ${field}: ${cut(left)} against ${cut(right)}`)
    throw new UsageError(
      'not-comparable',
      `Expected ${a.run.name} and ${b.run.name} to be comparable on ${benchmark.id}, but they differ in more than the checkpoint:\n${lines.join('\n')}`,
      { hint: `Make them alike (\`bench score <run>\` judges again), or leave ${benchmark.id} out with --bench.` },
    )
  }
  for (const read of [a, b]) {
    const scores = scoresOf(read, benchmark.id)!
    if (hasDecision(scores, protocol)) continue
    throw new UsageError('not-judged', `Expected verdicts on ${benchmark.id} in ${read.run.folder}, found none`, {
      hint: 'Score the run with a judge: bench score <run> --judge <spec>, or leave the benchmark out with --bench.',
    })
  }
}

function comparedFacts(benchmark: Benchmark, read: ReadRun, protocol: Protocol): ReadonlyMap<string, string> {
  const { run, facts } = read
  const head = run.manifest.identity.benchmarks.find(({ id }) => id === benchmark.id)!
  const scores = scoresOf(read, benchmark.id)!
  const roles = new Set<string>(benchmark.judges.map(({ role }) => role))
  const usesRewardModel = Object.keys(scores.scorers).some((name) => name.startsWith('rm'))
  const usesPython = Object.keys(scores.scorers).some((name) => name.includes('python'))
  return new Map<string, string>([
    ['edition', `${head.edition}${head.isSample ? ' (sample)' : ''}`],
    ['data', canonicalJson(head.dataHashes)],
    [
      'items',
      head.only ? canonicalJson([...head.only].sort()) : `limit ${head.limit ?? 'none'}, ${scores.items} items`,
    ],
    ['shard', run.manifest.identity.shard ? shardName(run.manifest.identity.shard) : 'none'],
    ['samples per item', String(scores.samples)],
    ['protocol', scores.metrics[protocol] ? protocol : `no ${protocol} scores`],
    ['labels', [...scores.labels].sort().join(', ') || 'none'],
    ['judge', roles.has('judge') ? (run.scoring.judge ?? 'none') : 'not asked'],
    ['extractor', roles.has('extractor') ? (run.scoring.extractor ?? 'none') : 'not asked'],
    ['judge models that answered', facts.returnedJudges(benchmark.id).join(', ') || 'none'],
    ['python sandbox', usesPython ? (run.scoring.python ?? 'off') : 'not used'],
    ['reward model', usesRewardModel ? `${run.scoring.rewardModel}, soft ${run.scoring.soft}` : 'not asked'],
  ])
}

function cut(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}...` : text
}

/** Differences that are part of a checkpoint's set-up, to be said and not refused. */
export function setUpNotes(a: ReadRun, b: ReadRun): readonly string[] {
  const facts = ({ run: { manifest } }: ReadRun) =>
    new Map<string, string>([
      ['sampling', canonicalJson(manifest.identity.sampling)],
      ['system prompt', manifest.identity.systemPrompt ?? 'none'],
      ['version', manifest.versions.heed],
    ])
  const other = facts(b)
  return [...facts(a)].flatMap(([field, value]) =>
    value === other.get(field)
      ? []
      : [`${field} differs: ${a.run.name} ${cut(value)}, ${b.run.name} ${cut(other.get(field)!)}`],
  )
}
