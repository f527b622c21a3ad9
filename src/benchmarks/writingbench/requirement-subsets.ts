import * as z from 'zod'
import { DataError } from '../../core/errors.ts'
import { readJsonl } from '../../core/jsonl.ts'
import type { DataSource } from '../benchmark.ts'
import { type Requirement, requirements, SubsetRecord } from './schema.ts'

/** The subset of one requirement. */
export interface RequirementSubset {
  /** How often the subset lists an item (R): normally once, and each time counts. */
  readonly listed: ReadonlyMap<number, number>
  /** Names of the criteria that test the requirement (C), by item. */
  readonly criteria: ReadonlyMap<number, readonly string[]>
}

export type RequirementSubsets = ReadonlyMap<Requirement, RequirementSubset>

/** Files of a requirement: all items that carry it, and the same items with only the criteria that test it. */
export function subsetFiles(requirement: Requirement): { readonly r: string; readonly c: string } {
  const stem = `requirement/${requirement}/${requirement}_subset`
  return { r: `${stem}.jsonl`, c: `${stem}_C.jsonl` }
}

/**
 * Reads the subsets that are there; a requirement whose first file is missing is left out.
 * @param wanted requirements to look for
 * @throws DataError `broken-record`, `subset-mismatch` with file and index
 */
export async function readSubsets(
  source: DataSource,
  wanted: readonly Requirement[] = requirements,
): Promise<RequirementSubsets> {
  const subsets = new Map<Requirement, RequirementSubset>()
  for (const requirement of wanted) {
    const files = subsetFiles(requirement)
    const rFile = source.optionalPath(files.r)
    if (rFile === null) continue
    const cFile = source.path(files.c)
    const listed = new Map<number, number>()
    for (const { index } of await readSubset(rFile)) listed.set(index, (listed.get(index) ?? 0) + 1)
    // parity: of two records of one item the last one counts.
    const criteria = new Map((await readSubset(cFile)).map(({ index, names }) => [index, names]))
    for (const index of listed.keys()) {
      if (criteria.has(index)) continue
      throw new DataError('subset-mismatch', `Expected a record of every item of ${files.r}, found none`, {
        location: { file: cFile, id: String(index) },
      })
    }
    subsets.set(requirement, { listed, criteria })
  }
  return subsets
}

async function readSubset(file: string): Promise<{ index: number; names: readonly string[] }[]> {
  const records: { index: number; names: readonly string[] }[] = []
  for await (const { value, line } of readJsonl(file)) {
    const parsed = SubsetRecord.safeParse(value)
    if (!parsed.success) {
      throw new DataError('broken-record', `Expected a WritingBench record: ${z.prettifyError(parsed.error)}`, {
        location: { file, line },
      })
    }
    const { index, checklist, criteria } = parsed.data
    records.push({ index, names: (checklist ?? criteria ?? []).map(({ name }) => name) })
  }
  return records
}
