import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ifeval } from '../../../src/benchmarks/ifeval/index.ts'
import { IfevalRecord } from '../../../src/benchmarks/ifeval/schema.ts'
import { instructionDefinitions } from '../../../src/checkers/instructions/registry.ts'
import { embeddedSamples } from '../../../src/models/demo/sample-recording.ts'
import { scoreSample } from '../_sample-run.ts'

describe('the embedded IFEval sample', () => {
  it('shows every kind of instruction at least twice, in items with one to three', async () => {
    const text = await readFile(join(embeddedSamples, 'ifeval/input_data.jsonl'), 'utf8')
    const records = text
      .trimEnd()
      .split('\n')
      .map((line) => IfevalRecord.parse(JSON.parse(line)))
    expect(records.length).toBeGreaterThanOrEqual(40)
    const uses = new Map<string, number>()
    for (const id of records.flatMap((record) => record.instruction_id_list)) uses.set(id, (uses.get(id) ?? 0) + 1)
    for (const id of instructionDefinitions.keys()) expect(uses.get(id) ?? 0, id).toBeGreaterThanOrEqual(2)
    expect(new Set(records.map((record) => record.instruction_id_list.length))).toEqual(new Set([1, 2, 3]))
  })

  it('holds a response of both checkpoints to every item', async () => {
    for (const checkpoint of ['base', 'tuned'] as const) {
      const { items, recorded } = await scoreSample(ifeval, checkpoint)
      expect(recorded).toBe(items.length)
    }
  })

  it('shows a clear difference between the checkpoints, the modes and the protocols', async () => {
    const base = await scoreSample(ifeval, 'base')
    const tuned = await scoreSample(ifeval, 'tuned')
    const of = (run: typeof base, protocol: 'official' | 'fixed', id: string): number => run.value(protocol, id)!
    expect(of(base, 'official', 'prompt-level-loose')).toBeCloseTo(0.5, 1)
    expect(of(tuned, 'official', 'prompt-level-strict')).toBeCloseTo(0.8, 1)
    for (const run of [base, tuned]) {
      expect(of(run, 'official', 'prompt-level-loose')).toBeGreaterThan(of(run, 'official', 'prompt-level-strict'))
      expect(of(run, 'fixed', 'prompt-level-strict')).toBeGreaterThan(of(run, 'official', 'prompt-level-strict'))
    }
  })
})
