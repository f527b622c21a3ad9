import * as z from 'zod'
import { DataError } from '../../../core/errors.ts'
import { readJsonl } from '../../../core/jsonl.ts'

/** One line of a labelled file. Other fields are kept out of the way. */
export const labelledLine = z.object({
  id: z.coerce.string(),
  response: z.string(),
  constraint: z.string(),
  label: z.union([z.literal(0), z.literal(1), z.boolean()]).transform((label): 0 | 1 => (label ? 1 : 0)),
  /** P(satisfied) of some scorer, where it was scored already. */
  p: z.number().min(0).max(1).nullish(),
  type: z.string().nullish(),
  level: z.union([z.string(), z.number()]).nullish(),
  /** Pairs of one group are ranked against each other and resampled together. */
  group: z.union([z.string(), z.number()]).nullish(),
  /** Seed of a pseudo-label: its pairs are resampled together, but not ranked. */
  seed: z.union([z.string(), z.number()]).nullish(),
  /** Model that wrote the response: several are compared with each other. */
  checkpoint: z.string().nullish(),
  /** Constraints that the response was asked for; counted in the file where left out. */
  constraint_count: z.number().int().positive().nullish(),
  /** A second label by a person, where `label` is a pseudo-label. */
  human: z
    .union([z.literal(0), z.literal(1), z.boolean()])
    .transform((label): 0 | 1 => (label ? 1 : 0))
    .nullish(),
})
export type LabelledLine = z.infer<typeof labelledLine>

/**
 * Reads labelled pairs.
 * @throws DataError `bad-label-line` naming file and line, `no-labels` for an empty file
 */
export async function readLabelledLines(file: string): Promise<LabelledLine[]> {
  const lines: LabelledLine[] = []
  for await (const { value, line } of readJsonl(file)) {
    const parsed = labelledLine.safeParse(value)
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`)
      throw new DataError('bad-label-line', `Expected {id, response, constraint, label}: ${problems.join('; ')}`, {
        location: { file, line },
      })
    }
    lines.push(parsed.data)
  }
  if (lines.length === 0)
    throw new DataError('no-labels', 'Expected at least one labelled pair', { location: { file } })
  return lines
}
