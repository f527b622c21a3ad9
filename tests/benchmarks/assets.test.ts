import { describe, expect, it } from 'vitest'
import { loadSuite } from '../../src/benchmarks/registry.ts'
import { dataLock } from '../../src/data/data-lock.ts'

const benchmarks = await loadSuite('all')

describe.each(benchmarks.map((benchmark) => [benchmark.id, benchmark] as const))(
  'the assets of %s',
  (_id, benchmark) => {
    it('name every data set beside the items that its scorer reads, so that the doctor asks for them', async () => {
      const read = new Set<string>()
      const asset = (dataset: string) => {
        read.add(dataset)
        return null
      }
      for (const { id } of benchmark.editions) await benchmark.prepare({ edition: id, isSample: true, asset })
      expect([...(benchmark.assets ?? [])].sort()).toEqual([...read].sort())
    })

    it('stand in the data lock', () => {
      for (const dataset of benchmark.assets ?? []) expect([...dataLock().datasets.keys()]).toContain(dataset)
    })
  },
)
