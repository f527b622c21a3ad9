/** A table as people see it, before any markup: every renderer escapes its texts itself. */
export interface Grid {
  /** Says SAMPLE where invented items are in it. */
  readonly title: string
  /** Header of the first column. */
  readonly stub: string
  readonly columns: readonly GridColumn[]
  readonly rows: readonly GridRow[]
  /** How the figures were made, one sentence each: below the table, in a paper's caption. */
  readonly methods: readonly string[]
  /** Said below the table, one line each. */
  readonly notes: readonly string[]
}

export interface GridColumn {
  /** Header over several columns; equal neighbours share it. */
  readonly group: string | null
  /** Header lines, for example benchmark, figure, unit. */
  readonly lines: readonly string[]
}

export interface GridRow {
  /** Rows of one group stand together, under its name where it says more than the row's own. */
  readonly group: string | null
  readonly name: string
  /** Marks behind the name that notes explain. */
  readonly marks: readonly string[]
  /** True for figures that others published. */
  readonly isPublished: boolean
  readonly cells: readonly (GridCell | null)[]
}

export interface GridCell {
  readonly value: string
  /** `±2.1` or `[70.1, 76.0]`; empty for none. */
  readonly interval: string
  /** Marks that notes explain. */
  readonly marks: readonly string[]
  /** Stars or a dagger of a test against the baseline. */
  readonly significance: string
  readonly rank: 'best' | 'second' | null
}

/** A cell that is only a text. */
export function textCell(value: string): GridCell {
  return { value, interval: '', marks: [], significance: '', rank: null }
}

/** What stands in a cell that has nothing to show. */
export const emptyCell = '–'

/** Neighbouring columns of one group, in order. */
export function columnGroups(columns: readonly GridColumn[]): readonly { name: string | null; size: number }[] {
  const groups: { name: string | null; size: number }[] = []
  for (const { group } of columns) {
    const last = groups.at(-1)
    if (last && last.name === group) last.size += 1
    else groups.push({ name: group, size: 1 })
  }
  return groups
}

/**
 * Rows by group, in order. A group's name is worth printing when it holds several rows, or one of another name.
 */
export function rowGroups(rows: readonly GridRow[]): readonly { name: string | null; rows: readonly GridRow[] }[] {
  const groups: { name: string | null; rows: GridRow[] }[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last && last.name === row.group) last.rows.push(row)
    else groups.push({ name: row.group, rows: [row] })
  }
  return groups.map(({ name, rows: members }) => ({
    name: members.length === 1 && members[0]!.name === name ? null : name,
    rows: members,
  }))
}

/** Title and methods as the caption of a paper. */
export function captionOf({ title, methods }: Pick<Grid, 'title' | 'methods'>): string {
  return [title, ...methods].map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)).join(' ')
}
