import * as z from 'zod'
import { didYouMean } from '../../core/did-you-mean.ts'
import { DataError, type DataLocation } from '../../core/errors.ts'
import type { Constraint, Item } from '../../core/item.ts'
import { readJsonl } from '../../core/jsonl.ts'
import { collieStructures } from '../../data/pickle/collie-structures.ts'
import type { DataSource } from '../benchmark.ts'
import { itemParts } from './parts.ts'
import { type CollieData, type ColliePart, CollieRecord } from './schema.ts'

/** File of the data set that holds the items. */
export const dataFile = 'collie_v1.jsonl'

/**
 * Streams the items in upstream's order.
 * @throws DataError `broken-record`, `unknown-structure`, `bad-constraint`, `bad-target` with file, line and id
 */
export async function* loadCollie(source: DataSource): AsyncGenerator<Item<CollieData>> {
  const file = source.path(dataFile)
  for await (const { value, line } of readJsonl(file)) yield toItem(value, { file, line })
}

function toItem(value: unknown, place: DataLocation): Item<CollieData> {
  const parsed = CollieRecord.safeParse(value)
  if (!parsed.success) {
    throw new DataError('broken-record', `Expected a COLLIE item: ${z.prettifyError(parsed.error)}`, {
      location: { ...place, ...idOf(value) },
    })
  }
  const record = parsed.data
  const location: DataLocation = { ...place, id: record.id }
  checkNames(record, location)
  const parts = itemParts(record.constraint, record.targets, location)
  const tags = {
    structure: record.name,
    level: record.level,
    source: record.source,
    subset: record.key,
  }
  return {
    id: record.id,
    messages: [{ role: 'user', content: record.prompt }],
    constraints: parts.map((part) => toConstraint(part, tags)),
    cluster: `prompt-${record.prompt_index}`,
    language: 'en',
    tags,
    data: { parts },
  }
}

function idOf(value: unknown): Pick<DataLocation, 'id'> {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'string' ? { id } : {}
}

function toConstraint(part: ColliePart, tags: Readonly<Record<string, string>>): Constraint {
  const { input, target, transformation, relation } = part.constraint
  const cut = [input, target].filter((level) => level !== null).join(' > ')
  const type = `${cut} ${transformation.type} ${String(relation)}`
  return { id: part.id, text: part.text, check: 'rule', tags: { ...tags, type }, needsPrompt: false }
}

function checkNames(record: CollieRecord, location: DataLocation): void {
  const structure = collieStructures.find(({ code }) => code === record.structure)
  if (!structure) {
    const known = collieStructures.map(({ code }) => code)
    const near = didYouMean(record.structure, known)
    throw new DataError('unknown-structure', `Unknown structure \`${record.structure}\`. Known: ${known.join(', ')}`, {
      location,
      ...(near === undefined ? {} : { hint: `Did you mean \`${near}\`?` }),
    })
  }
  const expected = {
    name: structure.name,
    level: structure.level,
    key: `${record.source}_${record.structure}`,
    id: `${record.key}/${record.index}`,
  }
  for (const field of ['name', 'level', 'key', 'id'] as const) {
    if (record[field] === expected[field]) continue
    throw new DataError(
      'broken-record',
      `Expected ${field} to be \`${expected[field]}\` for structure ${record.structure}, got \`${record[field]}\``,
      { location },
    )
  }
}
