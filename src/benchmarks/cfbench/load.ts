import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { DataError } from '../../core/errors.ts'
import type { Constraint, Item } from '../../core/item.ts'
import type { DataSource } from '../benchmark.ts'
import { pointsAtPrompt } from './needs-prompt.ts'
import { type CfbenchData, CfbenchRecord, priorities } from './schema.ts'

/** File of the data set that holds the items. */
export const dataFile = 'cfbench_data.json'

/**
 * Reads the items in upstream's order. Items with the same prompt (two upstream) are one cluster.
 * @throws DataError `broken-file`, `broken-record`, `duplicate-id` with file and id
 */
export async function* loadCfbench(source: DataSource): AsyncGenerator<Item<CfbenchData>> {
  const file = source.path(dataFile)
  const seen = new Set<number>()
  const clusters = new Map<string, string>()
  for (const [position, value] of readArray(await readFile(file, 'utf8'), file).entries()) {
    const parsed = CfbenchRecord.safeParse(value)
    if (!parsed.success) {
      throw new DataError('broken-record', `Expected a CFBench record: ${z.prettifyError(parsed.error)}`, {
        location: { file, id: `at position ${position}` },
      })
    }
    const record = parsed.data
    const id = String(record.idx)
    if (seen.has(record.idx)) {
      throw new DataError('duplicate-id', `Expected every idx once, got ${id} again at position ${position}`, {
        location: { file, id },
      })
    }
    seen.add(record.idx)
    const cluster = clusters.get(record.prompt) ?? id
    clusters.set(record.prompt, cluster)
    yield toItem(record, id, cluster)
  }
}

function readArray(text: string, file: string): unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new DataError('broken-file', 'Expected one JSON array', { location: { file }, cause })
  }
  if (Array.isArray(value)) return value
  throw new DataError('broken-file', `Expected one JSON array, got ${value === null ? 'null' : typeof value}`, {
    location: { file },
  })
}

/** One record as an item. */
export function toItem(record: CfbenchRecord, id: string, cluster: string): Item<CfbenchData> {
  const { prompt, gold, criteria, source, split, doamin } = record
  const isDomain = source === 'tob' && doamin !== ''
  return {
    id,
    messages: [{ role: 'user', content: prompt }],
    constraints: criteria.map(toConstraint),
    cluster,
    language: 'zh',
    tags: { split, source, ...(isDomain ? { domain: doamin } : {}) },
    data: {
      prompt,
      gold,
      criteria: criteria.map(([text, priority]) => ({ text, isPrimary: priority === priorities.primary })),
    },
  }
}

function toConstraint(
  [text, priority, category, subcategory]: CfbenchRecord['criteria'][number],
  position: number,
): Constraint {
  const type = category === '' ? 'untyped' : category
  return {
    id: String(position),
    text,
    check: 'judge',
    tags: {
      category: type,
      subcategory: category === '' ? type : `${category}/${subcategory}`,
      priority: priority === priorities.primary ? 'primary' : 'secondary',
    },
    needsPrompt: pointsAtPrompt(text),
  }
}
