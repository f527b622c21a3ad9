import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { DataError } from '../../core/errors.ts'
import type { CheckKind, Constraint, Item } from '../../core/item.ts'
import type { DataSource } from '../benchmark.ts'
import { needsPrompt } from './needs-prompt.ts'
import { type AgentIfData, type ConstraintRecord, dimensionLabels, ItemRecord, typeLabels } from './schema.ts'

/** File of the data set that holds the items. */
export const dataFile = 'eval.json'

/**
 * Reads the items in upstream's order, in either layout.
 * @throws DataError `broken-file`, `broken-record` with file and id: also where upstream's assertions about roles, the
 * last message, dimensions and types would end the run
 */
export async function* loadAgentIf(source: DataSource): AsyncGenerator<Item<AgentIfData>> {
  const file = source.path(dataFile)
  const seen = new Map<string, number>()
  for (const [position, value] of readArray(await readFile(file, 'utf8'), file).entries()) {
    const record = readRecord(value, { file, id: `at position ${position}` })
    const name = nameOf(record, position)
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    yield toItem(record, count === 1 ? name : `${name}#${count}`)
  }
}

/**
 * Validates one element of the file.
 * @throws DataError `broken-record`
 */
export function readRecord(value: unknown, location: { readonly file?: string; readonly id?: string }): ItemRecord {
  const parsed = ItemRecord.safeParse(value)
  if (parsed.success) return parsed.data
  throw new DataError('broken-record', `Expected an AgentIF record: ${z.prettifyError(parsed.error)}`, { location })
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

/** The newer layout's id; in the older one, what it is composed of. */
function nameOf({ id, domain, agent_name, query_id, turn_id, prompt_type }: ItemRecord, position: number): string {
  if (id !== undefined) return id
  const parts = [domain ?? agent_name, query_id, turn_id, prompt_type].filter((part) => part != null && part !== '')
  return parts.length > 0 ? parts.join(':') : `item-${position}`
}

/** One record as an item. An answer or scores that the file brings along are left out: they are no part of the data. */
export function toItem(record: ItemRecord, id: string): Item<AgentIfData> {
  const { input, constraints, domain, agent_name, prompt_type } = record
  const ids = constraints.map((constraint, position) => String(constraint.id ?? position))
  const isUnique = new Set(ids).size === ids.length
  const idOf = (position: number) => (isUnique ? ids[position]! : String(position))
  return {
    id,
    messages: input.map(({ role, content }) => ({ role, content })),
    constraints: constraints.map((constraint, position) => toConstraint(constraint, idOf(position))),
    cluster: id,
    tags: {
      ...(domain ? { domain } : {}),
      ...(agent_name ? { agent: agent_name } : {}),
      ...(prompt_type ? { prompt_type } : {}),
    },
    data: {
      constraints: constraints.map(({ evaluation }, position) => ({
        id: idOf(position),
        steps: evaluation ?? null,
      })),
    },
  }
}

function toConstraint(record: ConstraintRecord, id: string): Constraint {
  const { desc, dimension, type, is_meta, evaluation = [] } = record
  return {
    id,
    text: desc,
    check: evaluation.map(({ type: step }): CheckKind => (step === 'code' ? 'python' : 'judge')),
    tags: {
      dimension: dimensionLabels[dimension],
      type: [type].flat().map((name) => (Object.hasOwn(typeLabels, name) ? typeLabels[name as 'resource'] : name)),
      meta: is_meta ? 'meta' : 'plain',
    },
    needsPrompt: needsPrompt(record),
  }
}
