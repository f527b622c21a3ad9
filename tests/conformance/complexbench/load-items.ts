import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ComplexBenchData } from '../../../src/benchmarks/complexbench/item-data.ts'
import { loadComplexBench } from '../../../src/benchmarks/complexbench/load.ts'
import type { Item } from '../../../src/core/item.ts'
import type { ConformanceFolders } from '../suite.ts'

/** The items of a file in the benchmark's schema (`.gz`: unzipped first), through the loader. */
export async function loadItems(path: string, edition = 'zh'): Promise<Item<ComplexBenchData>[]> {
  if (!path.endsWith('.gz')) return collect(path, edition)
  const folder = await mkdtemp(join(tmpdir(), 'heed-'))
  try {
    const unzipped = join(folder, 'data_final.json')
    await writeFile(unzipped, gunzipSync(await readFile(path)))
    return await collect(unzipped, edition)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Path of the invented items that the golden runs were made with. */
export function goldenSample(folders: ConformanceFolders): string {
  return join(folders.data, 'complexbench/sample/data_sample.json')
}

async function collect(path: string, edition: string): Promise<Item<ComplexBenchData>[]> {
  const items: Item<ComplexBenchData>[] = []
  const source = { edition, isSample: true, path: () => path, optionalPath: () => path }
  for await (const item of loadComplexBench(source)) items.push(item)
  return items
}
