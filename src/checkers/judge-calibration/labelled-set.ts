import * as z from 'zod'
import { DataError } from '../../core/errors.ts'
import { readJsonl } from '../../core/jsonl.ts'

const LabelledRecord = z.looseObject({
  id: z.union([z.string().min(1), z.int()]),
  response: z.string(),
  constraint: z.string().min(1),
  prompt: z.string().nullish(),
  type: z.string().nullish(),
  label: z.union([z.literal(0), z.literal(1), z.boolean()]),
  cluster: z.union([z.string(), z.int()]).nullish(),
  item: z.union([z.string(), z.int()]).nullish(),
})

/** A response, one constraint, and whether the response meets it. */
export interface LabelledRow {
  readonly id: string
  /** What the response answers; undefined where the set does not say. */
  readonly prompt: string | undefined
  readonly response: string
  readonly constraint: string
  /** Kind of constraint, for the breakdown; `untyped` where the set does not say. */
  readonly type: string
  /** 1 satisfied, 0 not. */
  readonly label: 0 | 1
  /** Rows of one cluster (`cluster`, else `item`, else the row itself) are not independent. */
  readonly cluster: string
}

/**
 * Reads a labelled set: JSONL (also gzipped) with `{id, response, constraint, label}` and optional `prompt`, `type`,
 * `cluster`; further keys are ignored.
 * @param limit first so many rows; null for all
 * @throws DataError `broken-line`, `broken-record`, `duplicate-id`, `empty-set` with file, line and id
 */
export async function readLabelledSet(file: string, limit: number | null = null): Promise<LabelledRow[]> {
  const rows: LabelledRow[] = []
  const seen = new Set<string>()
  for await (const { value, line } of readJsonl(file)) {
    const parsed = LabelledRecord.safeParse(value)
    if (!parsed.success) {
      throw new DataError(
        'broken-record',
        `Expected {id, response, constraint, label}: ${z.prettifyError(parsed.error)}`,
        {
          location: { file, line },
          hint: 'label is 1 (satisfied), 0 (not), true or false; prompt, type and cluster may be added.',
        },
      )
    }
    const { data } = parsed
    const id = String(data.id)
    if (seen.has(id)) throw new DataError('duplicate-id', 'Expected every id once', { location: { file, line, id } })
    seen.add(id)
    rows.push({
      id,
      prompt: data.prompt ?? undefined,
      response: data.response,
      constraint: data.constraint,
      type: data.type || 'untyped',
      label: Number(data.label) === 1 ? 1 : 0,
      cluster: String(data.cluster ?? data.item ?? data.id),
    })
    if (rows.length === limit) break
  }
  if (rows.length === 0) throw new DataError('empty-set', 'Expected labelled rows, found none', { location: { file } })
  return rows
}
