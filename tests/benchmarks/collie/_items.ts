import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataSource } from '../../../src/benchmarks/benchmark.ts'
import { loadCollie } from '../../../src/benchmarks/collie/load.ts'
import type { CollieData } from '../../../src/benchmarks/collie/schema.ts'
import { scoreResponse } from '../../../src/benchmarks/collie/score.ts'
import { createTokenizers } from '../../../src/checkers/collie/tokenizers.ts'
import type { Item } from '../../../src/core/item.ts'
import type { Status } from '../../../src/core/status.ts'
import type { Protocol } from '../../../src/core/verdict.ts'
import { samplePath } from '../../../src/data/samples.ts'
import { housePunktParameters } from '../../../src/text/house-punkt.ts'

export const tokenizers = createTokenizers(housePunktParameters)

/** The embedded sample as a data source. */
export const sampleSource: DataSource = {
  edition: 'v1',
  isSample: true,
  path: (file) => samplePath('collie', file)!,
  optionalPath: (file) => samplePath('collie', file),
}

export async function sampleItems(): Promise<Map<string, Item<CollieData>>> {
  const items = new Map<string, Item<CollieData>>()
  for await (const item of loadCollie(sampleSource)) items.set(item.id, item)
  return items
}

/** A record of the data file; `changes` replaces or adds fields. */
export function record(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const constraint = (transformation: unknown) => ({
    type: 'Constraint',
    input_level: null,
    target_level: 'word',
    transformation,
    relation: '==',
    reduction: null,
    reduction_value: null,
  })
  return {
    id: 'wiki_c05/0',
    key: 'wiki_c05',
    index: 0,
    source: 'wiki',
    structure: 'c05',
    name: 'sent02',
    level: 'sentence',
    prompt_index: 4,
    prompt: 'Write five words, the second of them blue.',
    constraint: {
      type: 'All',
      constraints: [constraint({ type: 'Count', count_target: null }), constraint({ type: 'Position', position: 1 })],
    },
    targets: [5, 'blue'],
    example: 'A blue bird sings here.',
    metadata: {},
    ...changes,
  }
}

/** Loads lines from a file of their own: records, or texts as they are. */
export async function load(lines: readonly unknown[]): Promise<Item<CollieData>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-collie-'))
  try {
    const file = join(folder, 'collie_v1.jsonl')
    await writeFile(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
    const items: Item<CollieData>[] = []
    const source = { edition: 'v1', isSample: false, path: () => file, optionalPath: () => file }
    for await (const item of loadCollie(source)) items.push(item)
    return items
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Verdicts of a text under one protocol. */
export function score(
  item: Item<CollieData>,
  text: string | null,
  protocol: Protocol = 'official',
  status: Status = text === null ? 'provider-error' : 'ok',
) {
  return scoreResponse(tokenizers, item, { sample: 0, status, text, reasoning: null, finishReason: null }, [protocol])
}

/** 1 or 0 per sub-constraint. */
export function values(item: Item<CollieData>, text: string | null, protocol: Protocol = 'official') {
  return score(item, text, protocol).map((verdict) => verdict.value)
}
