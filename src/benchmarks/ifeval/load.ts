import * as z from 'zod'
import { DataError, type DataLocation } from '../../core/errors.ts'
import type { Constraint, Item } from '../../core/item.ts'
import { readJsonl } from '../../core/jsonl.ts'
import type { DataSource } from '../benchmark.ts'
import { instructionsOf } from './instructions.ts'
import { IfevalRecord } from './schema.ts'

/** File of the data set that holds the items. */
export const dataFile = 'input_data.jsonl'

/**
 * Streams the items in upstream's order. Every instruction is compiled here, so that nothing unknown reaches scoring.
 * @throws DataError `broken-line`, `broken-record`, `duplicate-id`, `unknown-instruction`, `bad-parameters`,
 * `bad-pattern` with file, line and id
 */
export async function* loadIfeval(source: DataSource): AsyncGenerator<Item<IfevalRecord>> {
  const file = source.path(dataFile)
  const lineOf = new Map<string, number>()
  for await (const { value, line } of readJsonl(file)) {
    const item = toItem(value, { file, line })
    const former = lineOf.get(item.id)
    if (former !== undefined) {
      throw new DataError('duplicate-id', `Expected every key once, got ${item.id} on line ${former} already`, {
        location: { file, line, id: item.id },
      })
    }
    lineOf.set(item.id, line)
    yield item
  }
}

/** One validated record as an item. Throws DataError. */
export function toItem(value: unknown, place: DataLocation): Item<IfevalRecord> {
  const parsed = IfevalRecord.safeParse(value)
  if (!parsed.success) {
    throw new DataError('broken-record', `Expected an IFEval record: ${z.prettifyError(parsed.error)}`, {
      location: place,
    })
  }
  const record = parsed.data
  const id = String(record.key)
  const instructions = instructionsOf(record, { ...place, id })
  const constraints = instructions.map(({ id: type, description }, index) => toConstraint(type, description, index))
  return {
    id,
    messages: [{ role: 'user', content: record.prompt }],
    constraints,
    cluster: id,
    language: 'en',
    tags: {
      type: constraints.map(({ tags }) => tags.type as string),
      group: constraints.map(({ tags }) => tags.group as string),
    },
    data: record,
  }
}

/** The place in the list is part of the id: an instruction may occur twice in one item. */
function toConstraint(type: string, text: string, index: number): Constraint {
  const group = type.slice(0, type.indexOf(':'))
  return { id: `${index + 1}-${type}`, text, check: 'rule', tags: { type, group }, needsPrompt: false }
}
