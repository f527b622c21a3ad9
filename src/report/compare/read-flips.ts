import { readEvidence } from '../../runners/read-evidence.ts'
import type { BenchmarkComparison, CheckpointComparison } from './compare-checkpoints.ts'
import { type FlipList, listFlips, pickFlips } from './flips.ts'
import type { FlipEvidence } from './render-flips.ts'

/** The flips of one benchmark, some of them with their evidence. */
export interface FlipReport {
  readonly pair: BenchmarkComparison
  readonly list: FlipList
  readonly shown: readonly FlipEvidence[]
}

/** Lists the flips of one benchmark and reads the evidence of the first `count`. Of several seeds the first one's. */
export async function readFlips(
  { a, b, protocol }: CheckpointComparison,
  pair: BenchmarkComparison,
  count: number,
): Promise<FlipReport> {
  const list = listFlips(pair)
  const picked = pickFlips(list, count)
  const ids = picked.map(({ item }) => item)
  if (ids.length === 0) return { pair, list, shown: [] }
  const evidenceA = await readEvidence(a.runs[0]!.run, pair.benchmark.id, protocol, ids)
  const evidenceB = await readEvidence(b.runs[0]!.run, pair.benchmark.id, protocol, ids)
  const shown = picked.map((flip) => ({
    ...flip,
    evidenceA: evidenceA.get(flip.item)!,
    evidenceB: evidenceB.get(flip.item)!,
  }))
  return { pair, list, shown }
}
