import * as z from 'zod'
import { DataError } from '../../../core/errors.ts'
import { readJsonl } from '../../../core/jsonl.ts'
import type { GroupRow } from '../group-rank.ts'

const rowSchema = z.object({ score: z.number(), instruction_id_list: z.array(z.unknown()) })

/**
 * Reads rows as the published agreement script takes them: one response a line, groups one after the other, the level
 * being the number of ids.
 * @throws DataError `bad-row` naming file and line, `no-rows`
 */
export async function readWevalRows(file: string): Promise<GroupRow[]> {
  const rows: GroupRow[] = []
  for await (const { value, line } of readJsonl(file)) {
    const parsed = rowSchema.safeParse(value)
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`)
      throw new DataError('bad-row', `Expected {score, instruction_id_list}: ${problems.join('; ')}`, {
        location: { file, line },
      })
    }
    rows.push({ score: parsed.data.score, level: parsed.data.instruction_id_list.length })
  }
  if (rows.length === 0) throw new DataError('no-rows', 'Expected at least one group of rows', { location: { file } })
  return rows
}
