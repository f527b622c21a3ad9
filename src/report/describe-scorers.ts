import type { Protocol } from '../core/verdict.ts'
import type { BenchmarkScores } from '../runners/scores.ts'

/** Kinds of scorer that decide nothing unless an endpoint is named behind a colon. */
const needsEndpoint: ReadonlySet<string> = new Set(['judge', 'rm'])

/** True when at least one verdict of the protocol was reached. */
export function hasDecision({ verdicts }: BenchmarkScores, protocol: Protocol): boolean {
  return (verdicts[protocol]?.ok ?? 0) > 0
}

/** True when somebody was asked for a verdict, whatever came back. */
export function wasAsked({ scorers }: BenchmarkScores): boolean {
  return Object.keys(scorers).some((name) => name !== 'none' && !needsEndpoint.has(name))
}

/** Who decided, in words: `scored by judge:gpt-4o + rule`, or `not judged` where nobody did. */
export function describeScorers(scores: BenchmarkScores, protocol: Protocol): string {
  // Of a response that never came nobody is asked: that is no way of scoring, and the notes count it.
  const names = Object.keys(scores.scorers)
    .filter((name) => name !== 'none')
    .sort()
  const isNamed = (kind: string) => names.some((name) => name.startsWith(`${kind}:`))
  const absent = names.filter((name) => needsEndpoint.has(name) && !isNamed(name))
  if (!hasDecision(scores, protocol)) return absent.length > 0 ? 'not judged' : 'nothing measured'
  // A response that never came leaves its rule without the extractor: no other way of scoring.
  const hasChain = names.some((name) => name.startsWith('rule+'))
  const deciding = names.filter((name) => !needsEndpoint.has(name) && !(hasChain && name === 'rule'))
  const parts = [
    ...(deciding.length > 0 ? [`scored by ${deciding.join(' + ')}`] : []),
    ...absent.map((name) => `partly not judged (no ${name})`),
  ]
  return parts.join(', ')
}
