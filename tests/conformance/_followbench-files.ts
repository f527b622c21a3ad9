import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSource } from '../../src/benchmarks/benchmark.ts'
import { followbench } from '../../src/benchmarks/followbench/index.ts'
import type { FollowBenchData } from '../../src/benchmarks/followbench/schema.ts'
import type { RuleLanguage } from '../../src/checkers/followbench/rule.ts'
import type { Item } from '../../src/core/item.ts'

/** Which upstream item a golden record is about. */
export interface ItemKey {
  readonly type: string
  readonly example_id: number
  readonly level: number
}

/** Items of one language by type, group and level, loaded by the adapter. */
export type Items = ReadonlyMap<string, Item<FollowBenchData>>

/** Key of an item in {@link Items}. */
export function itemKey({ type, example_id: group, level }: ItemKey): string {
  return `${type}/${group}/${level}`
}

/** Loads one language from a folder with `en/` and `zh/` whose files may be gzipped; null when it is not there. */
export async function loadLanguage(folder: string, language: RuleLanguage): Promise<Items | null> {
  const optionalPath = (file: string) => {
    const plain = join(folder, file)
    return existsSync(plain) ? plain : existsSync(`${plain}.gz`) ? `${plain}.gz` : null
  }
  if (optionalPath(`${language}/content_constraints.json`) === null) return null
  const source: DataSource = {
    edition: language,
    isSample: false,
    optionalPath,
    path: (file) => optionalPath(file) ?? join(folder, file),
  }
  const items = new Map<string, Item<FollowBenchData>>()
  for await (const item of followbench.load(source)) {
    const { type, exampleId, level } = item.data
    items.set(itemKey({ type, example_id: exampleId, level }), item)
  }
  return items
}
