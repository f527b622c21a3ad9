import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFollowBenchRulePairs } from '../../src/cli/commands/_rm-followbench-rules.ts'

const shared = '../shared'
const isThere = existsSync(`${shared}/golden/followbench/rules.en.jsonl`)
const name = isThere
  ? 'training pairs from the rules of FollowBench'
  : 'training pairs from the rules of FollowBench (skipped: ../shared is not here)'

describe.skipIf(!isThere)(name, () => {
  it('cover both languages, split by example, with both labels for every rule', async () => {
    const pairs = await readFollowBenchRulePairs(`${shared}/golden`, `${shared}/data`, 1)
    expect(pairs.length).toBeGreaterThan(6000)
    expect(pairs.every(({ cluster }) => /^followbench-(?:zh:)?[a-z]+\/\d+$/.test(cluster))).toBe(true)
    expect(new Set(pairs.map(({ id }) => id)).size).toBe(pairs.length)
    for (const type of new Set(pairs.map((pair) => pair.type))) {
      const labels = new Set(pairs.filter((pair) => pair.type === type).map(({ label }) => label))
      expect({ type, labels: labels.size }).toEqual({ type, labels: 2 })
    }
    // The data word some levels themselves.
    expect(pairs.some(({ wording }) => wording === null)).toBe(true)
    expect(pairs.some(({ constraint }) => /\p{Script=Han}/u.test(constraint))).toBe(true)
  })

  it('say no more of a failed row than its verdict decides', async () => {
    const pairs = await readFollowBenchRulePairs(`${shared}/golden`, `${shared}/data`, 1)
    const levels = pairs.filter(({ id }) => /-L\d$/.test(id))
    const byRow = groups(levels)
    let failed = 0
    for (const rows of byRow.values()) {
      const labels = [...rows].sort((one, other) => one.id.localeCompare(other.id)).map(({ label }) => label)
      // At most one condition is known to fail: the first that does.
      expect(labels.filter((label) => label === 0).length).toBeLessThanOrEqual(1)
      if (labels.includes(0)) {
        failed += 1
        expect(labels.at(-1)).toBe(0)
      }
    }
    expect(failed).toBeGreaterThan(100)
  })
})

function groups<Pair extends { readonly id: string }>(pairs: readonly Pair[]): Map<string, Pair[]> {
  const grouped = new Map<string, Pair[]>()
  for (const pair of pairs) {
    const key = pair.id.slice(0, -3)
    grouped.set(key, [...(grouped.get(key) ?? []), pair])
  }
  return grouped
}
