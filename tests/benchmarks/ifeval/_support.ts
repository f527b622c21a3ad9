import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ScoringContext } from '../../../src/benchmarks/benchmark.ts'
import { loadIfeval } from '../../../src/benchmarks/ifeval/load.ts'
import type { IfevalRecord } from '../../../src/benchmarks/ifeval/schema.ts'
import type { Item } from '../../../src/core/item.ts'
import type { ModelResponse } from '../../../src/core/response.ts'
import type { Status } from '../../../src/core/status.ts'

/** A valid record; fields can be replaced. */
export function record(over: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    key: 7,
    prompt: 'Describe a lamp without commas in at least 4 words.',
    instruction_id_list: ['punctuation:no_comma', 'length_constraints:number_words'],
    kwargs: [{}, { relation: 'at least', num_words: 4 }],
    ...over,
  }
}

/** Loads items from lines of a file that is removed after the test. */
export async function loadLines(lines: readonly string[]): Promise<readonly Item<IfevalRecord>[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ifeval-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'input_data.jsonl')
  writeFileSync(file, lines.join('\n'))
  const items: Item<IfevalRecord>[] = []
  const source = { edition: 'v1', isSample: false, path: () => file, optionalPath: () => file }
  for await (const item of loadIfeval(source)) items.push(item)
  return items
}

/** Loads items from records. */
export function loadRecords(...records: readonly unknown[]): Promise<readonly Item<IfevalRecord>[]> {
  return loadLines(records.map((one) => JSON.stringify(one)))
}

export function response(text: string | null, status: Status = text === null ? 'provider-error' : 'ok'): ModelResponse {
  return { sample: 0, status, text, reasoning: null, finishReason: null }
}

/** A context in which anything that costs a call is an error. */
export const noCalls: ScoringContext = {
  call: () => Promise.reject(new Error('IFEval asks for no calls')),
  endpoint: () => null,
  soft: 'judge',
  rewardModel: null,
  python: null,
  warn: () => {},
}
