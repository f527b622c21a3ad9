import { readLabelledLines } from '../evaluation/labelled-line.ts'
import type { LabelledPair } from './labelled-pair.ts'

/** Labelled lines as training pairs; a line without a group is a cluster of its own response. */
export async function readLabelledPairs(file: string): Promise<LabelledPair[]> {
  const lines = await readLabelledLines(file)
  return lines.map(({ id, response, constraint, label, type, group }) => ({
    id,
    source: 'pairs-judged',
    response,
    constraint,
    label,
    type: type ?? 'unnamed',
    cluster: `pairs-${group ?? response}`,
    isRule: false,
    wording: null,
  }))
}
