import { describe, expect, it } from 'vitest'
import { collie } from '../../../src/benchmarks/collie/index.ts'
import type { CollieData } from '../../../src/benchmarks/collie/schema.ts'
import { scoreResponse } from '../../../src/benchmarks/collie/score.ts'
import { createTokenizers } from '../../../src/checkers/collie/tokenizers.ts'
import type { Item } from '../../../src/core/item.ts'
import { samplePath } from '../../../src/data/samples.ts'
import { housePunktParameters } from '../../../src/text/house-punkt.ts'

const megabyte = 1 << 20
const fill = (seed: string) => seed.repeat(Math.ceil(megabyte / seed.length)).slice(0, megabyte)
const tokenizers = createTokenizers(housePunktParameters)

const structures = new Map<string, Item<CollieData>>()
for await (const item of collie.load({
  edition: 'v1',
  isSample: true,
  path: (file) => samplePath('collie', file)!,
  optionalPath: () => null,
})) {
  structures.set(String(item.tags.structure), item as Item<CollieData>)
}

describe('a response of one megabyte', () => {
  it('meets all 13 structures', () => expect(structures.size).toBe(13))

  it.each([...structures])('is scored by %s within two seconds of processor time', (_name, item) => {
    for (const seed of ['"A." ', 'a']) {
      const text = fill(seed)
      const started = process.cpuUsage()
      const verdicts = scoreResponse(
        tokenizers,
        item,
        { sample: 0, status: 'ok', text, reasoning: null, finishReason: null },
        ['official'],
      )
      expect(verdicts).toHaveLength(item.constraints.length)
      expect(process.cpuUsage(started).user / 1e6, JSON.stringify(seed)).toBeLessThan(2)
    }
  })
})
