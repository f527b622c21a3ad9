import { readdirSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { DataError } from '../../core/errors.ts'

/** Greatest value of each scale that published tables use. Its name must be given: a guess is wrong by a factor of ten. */
const scaleEnds = { percent: 100, fraction: 1, 'score-10': 10, 'score-100': 100 } as const

/** Scale in which a figure was published. */
export type PublishedScale = keyof typeof scaleEnds

const scaleSchema = z.enum(Object.keys(scaleEnds) as [PublishedScale, ...PublishedScale[]])
const columnSchema = z.object({ benchmark: z.string(), metric: z.string(), scale: scaleSchema })

const fileSchema = z.object({
  /** Short name for `--published`. */
  id: z.string(),
  /** Where the figures stand: paper, version, table. */
  source: z.string(),
  url: z.string(),
  /** How far the figures are from the source. */
  evidence: z.enum(['full-text', 'second-hand']),
  /** What is known, and what is not, of how they were made. */
  remarks: z.string(),
  columns: z.array(columnSchema),
  rows: z.array(
    z.object({
      name: z.string(),
      base: z.string(),
      /** True for figures that the source itself copied from another paper. */
      copied: z.boolean().default(false),
      /** One figure a column; null where none was published. */
      values: z.array(z.number().nullable()),
    }),
  ),
})

/** Where published figures come from. */
export type PublishedSource = Omit<z.infer<typeof fileSchema>, 'columns' | 'rows'>

/** One figure as it was published. */
export interface PublishedFigure {
  readonly benchmark: string
  readonly metric: string
  readonly scale: PublishedScale
  readonly value: number
}

/** One checkpoint as others published it. */
export interface PublishedRow {
  readonly name: string
  readonly base: string
  readonly source: PublishedSource
  readonly copied: boolean
  readonly figures: readonly PublishedFigure[]
}

/** All published rows that come with the program, in the order of their files. */
export function loadPublishedRows(folder: URL = new URL('./', import.meta.url)): readonly PublishedRow[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => parsePublished(readFileSync(new URL(name, folder), 'utf8'), name))
}

/**
 * Reads one file of published rows.
 * @throws DataError `published-rows` for another form, for rows of another length, and for a figure that its scale
 * does not allow
 */
export function parsePublished(text: string, file: string): readonly PublishedRow[] {
  const parsed = fileSchema.safeParse(JSON.parse(text))
  if (!parsed.success) throw broken(file, z.prettifyError(parsed.error))
  const { columns, rows, ...source } = parsed.data
  return rows.map(({ name, base, copied, values }) => {
    if (values.length !== columns.length) {
      throw broken(file, `Expected ${columns.length} figures for ${name}, got ${values.length}`)
    }
    const figures = values.flatMap((value, index) => (value === null ? [] : [{ ...columns[index]!, value }]))
    for (const { scale, value, benchmark } of figures) {
      if (value >= 0 && value <= scaleEnds[scale]) continue
      throw broken(file, `Expected ${benchmark} of ${name} on the scale ${scale}, got ${value}`)
    }
    return { name, base, source, copied, figures }
  })
}

function broken(file: string, message: string): DataError {
  return new DataError('published-rows', message, { location: { file } })
}
