import { canonicalJson, sha256 } from '../../core/hash.ts'
import type { Protocol } from '../../core/verdict.ts'
import type { BenchmarkScores } from '../../runners/scores.ts'
import { shardName } from '../../runners/shard.ts'
import { describeScorers } from '../describe-scorers.ts'
import type { ScoredRun } from './table-model.ts'

/**
 * How the figures of one benchmark of a run were made, in words: protocol, data and its hash, number of items and
 * samples, scorers, labels. Figures with different words never share an unmarked column.
 */
export function describeVariant({ manifest }: ScoredRun, scores: BenchmarkScores, protocol: Protocol): string {
  const head = manifest.identity.benchmarks.find(({ id }) => id === scores.benchmark)
  const hash = head ? ` ${sha256(canonicalJson(head.dataHashes)).slice(0, 8)}` : ''
  const { shard } = manifest.identity
  const limit = head?.limit != null ? `, limited to ${head.limit}` : head?.only ? ', a part of the items' : ''
  const part = shard ? `${limit}, shard ${shardName(shard)}` : limit
  return [
    `${protocol} protocol`,
    `${scores.isSample ? 'SAMPLE data' : `data ${scores.edition}`}${hash} (${scores.items} items${part})`,
    `${scores.samples} sample${scores.samples === 1 ? '' : 's'} per item`,
    describeScorers(scores, protocol),
    ...scores.labels,
  ].join(', ')
}

/** How a run generated: what was set over the defaults of the benchmarks' protocols, the seed aside. */
export function describeDecoding({ manifest: { identity } }: ScoredRun): string {
  const { extraBody, seed: _own, ...settings } = identity.sampling
  const set = Object.entries(settings).map(([name, value]) => `${spelled(name)} ${JSON.stringify(value)}`)
  const parts = [
    ...(set.length > 0 ? set : ["the protocols' own settings"]),
    ...(extraBody ? [`request fields ${canonicalJson(extraBody)}`] : []),
    ...(identity.systemPrompt === null ? [] : ['with a system prompt']),
  ]
  return parts.join(', ')
}

function spelled(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
