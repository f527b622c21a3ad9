import type { ScoredRun } from './table-model.ts'
import { describeDecoding } from './variant.ts'

/** Names listed in a note; the others are counted. */
const mostNames = 6

/** How the runs of a table generated, one line a way. */
export function decodingNotes(runs: readonly ScoredRun[]): readonly string[] {
  const ways = new Map<string, { names: Set<string>; seeds: Set<number> }>()
  for (const run of runs) {
    const decoding = describeDecoding(run)
    const way = ways.get(decoding) ?? { names: new Set(), seeds: new Set() }
    ways.set(decoding, way)
    way.names.add(run.name)
    const { seed } = run.manifest.identity.sampling
    if (seed !== undefined) way.seeds.add(seed)
  }
  return [...ways].map(([decoding, { names, seeds }]) => {
    const seeded = seeds.size === 0 ? '' : `, seed${seeds.size === 1 ? '' : 's'} ${[...seeds].join(', ')}`
    const whose = ways.size === 1 ? '' : ` of ${listed([...names])}`
    return `decoding${whose}: ${decoding}${seeded}`
  })
}

function listed(names: readonly string[]): string {
  const others = names.length - mostNames
  return others > 0 ? `${names.slice(0, mostNames).join(', ')} and ${others} more` : names.join(', ')
}
