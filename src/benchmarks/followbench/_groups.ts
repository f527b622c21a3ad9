import { type FileContext, type PlacedRecord, recordError } from './_records.ts'

/** The levels of one source instruction, in order. */
export interface Group {
  readonly exampleId: number
  /** Level 0 (absent in the example type) to level 5. */
  readonly records: readonly PlacedRecord[]
}

/** How strictly the numbers of the groups are checked. */
export interface GroupOptions {
  /** With true, group numbers may leave gaps (the embedded sample). They must ascend in any case. */
  readonly allowsGaps: boolean
}

/**
 * Cuts the records of a file into groups.
 * @throws DataError `group-order` for a group out of order or torn apart, `dangling-level` for a level that is missing,
 * repeated or out of order, `group-source` for two sources in one group
 */
export function groupRecords(
  placed: readonly PlacedRecord[],
  context: FileContext,
  { allowsGaps }: GroupOptions,
): readonly Group[] {
  const first = context.type === 'example' ? 1 : 0
  const size = 6 - first
  const groups: Group[] = []
  let previous = 0
  for (let start = 0; start < placed.length; start += size) {
    const records = placed.slice(start, start + size)
    const { record: head, number } = records[0]!
    const follows = allowsGaps ? head.example_id > previous : head.example_id === previous + 1
    if (!follows) {
      const expected = allowsGaps ? `above ${previous}` : `${previous + 1}`
      throw recordError('group-order', head, number, context, `expected group ${expected}, got ${head.example_id}`)
    }
    checkLevels(records, first, size, context)
    groups.push({ exampleId: head.example_id, records })
    previous = head.example_id
  }
  return groups
}

function checkLevels(records: readonly PlacedRecord[], first: number, size: number, context: FileContext): void {
  const { example_id: group, source } = records[0]!.record
  records.forEach(({ record, number }, index) => {
    const expected = first + index
    if (record.example_id !== group || record.level !== expected) {
      const found = `level ${record.level} of group ${record.example_id}`
      throw recordError(
        'dangling-level',
        record,
        number,
        context,
        `expected level ${expected} of group ${group}, got ${found}`,
      )
    }
    if (record.source !== source) {
      const message = `expected the group's source \`${source}\`, got \`${record.source}\``
      throw recordError('group-source', record, number, context, message)
    }
  })
  if (records.length === size) return
  const { record, number } = records.at(-1)!
  const message = `expected levels ${first} to 5 of group ${group}, the file ends after level ${record.level}`
  throw recordError('dangling-level', record, number, context, message)
}
