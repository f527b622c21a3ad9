/** A row that can be grouped by the model it was trained from. */
interface BasedRow {
  readonly name: string
  readonly base: string
  readonly origin: 'own' | 'published'
}

/**
 * Rows by base model in order of first occurrence, the base itself first in its group; published rows behind all own
 * ones, grouped in the same way.
 */
export function groupByBase<Row extends BasedRow>(rows: readonly Row[]): readonly Row[] {
  return (['own', 'published'] as const).flatMap((origin) => {
    const groups = new Map<string, Row[]>()
    for (const row of rows) {
      if (row.origin !== origin) continue
      const group = groups.get(row.base)
      if (group) group.push(row)
      else groups.set(row.base, [row])
    }
    return [...groups].flatMap(([base, members]) => [
      ...members.filter(({ name }) => name === base),
      ...members.filter(({ name }) => name !== base),
    ])
  })
}
