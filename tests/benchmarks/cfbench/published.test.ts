import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCfbench } from '../../../src/benchmarks/cfbench/load.ts'
import type { CfbenchData } from '../../../src/benchmarks/cfbench/schema.ts'
import type { Item } from '../../../src/core/item.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { goldenRows } from '../../conformance/_golden-rows.ts'
import { answer, scoreAll } from './_support.ts'

const shared = join(import.meta.dirname, '../../../../shared')
const data = join(shared, 'data/cfbench')
const replyFile = join(shared, 'golden/cfbench/replies.jsonl')
const labelFile = join(shared, 'data/rm/cfbench_judgements.jsonl')
const isThere = [data, replyFile, labelFile].every((path) => existsSync(path))

/** Rows of upstream's `output/scores.xlsx` over all items of a run, and what the same replies say by position. */
const published: Record<string, { items: number; official: number[]; positional?: number[] }> = {
  moonshot: { items: 20, official: [0.84, 0.45, 0.65], positional: [0.82, 0.35, 0.6] },
  abab: { items: 4, official: [0.89, 0.5, 0.75], positional: [0.76, 0.25, 0.5] },
  deepseek_v2: { items: 4, official: [0.84, 0.25, 0.75], positional: [0.76, 0, 0.5] },
  gpt4o: { items: 4, official: [0.84, 0.25, 0.75] },
  gpt4_turbo_0409: { items: 4, official: [0.84, 0.25, 0.75] },
  glm4: { items: 4, official: [0.84, 0.25, 0.75] },
  ernie35: { items: 4, official: [0.84, 0.25, 0.75] },
  yi_large: { items: 4, official: [0.76, 0.25, 0.5] },
  ernie4: { items: 4, official: [0.76, 0.25, 0.5] },
  gpt35_turbo_1106: { items: 4, official: [0.76, 0.25, 0.25] },
  gpt4_0125_preview: { items: 4, official: [0.64, 0, 0.5] },
}

interface RealReply {
  readonly kind: string
  readonly model: string
  readonly idx: number
  readonly judge_response: string
  readonly final: { judge_parsing: string }
}

interface Label {
  readonly model: string
  readonly item: number
  readonly constraint: string
  readonly label: number
  readonly judge_parsing: string
}

async function loadItems(): Promise<Map<number, Item<CfbenchData>>> {
  const path = (file: string) => join(data, file)
  const items = new Map<number, Item<CfbenchData>>()
  for await (const item of loadCfbench({ edition: 'v1', isSample: false, path, optionalPath: path })) {
    items.set(Number(item.id), item)
  }
  return items
}

function publishedResponse(model: string, idx: number): string {
  const rows = JSON.parse(readFileSync(join(data, 'responses', `${model}_infer.json`), 'utf8')) as {
    idx: number
    response: string
  }[]
  return rows.find((row) => row.idx === idx)!.response
}

async function replay(model: string, replies: readonly RealReply[], items: Map<number, Item<CfbenchData>>) {
  const byItem = new Map(
    replies.filter((row) => row.model === model).map((row) => [String(row.idx), row.judge_response]),
  )
  const context = scriptedContext((request) => byItem.get(request.item!)!)
  const tasks = [...byItem.keys()].map(
    (id) => [items.get(Number(id))!, answer(publishedResponse(model, Number(id)))] as const,
  )
  return { ...(await scoreAll(tasks, context)), items: byItem.size, context }
}

describe.skipIf(!isThere)('the published CFBench judgements (needs ../shared)', () => {
  const replies = isThere ? goldenRows<RealReply>(replyFile).filter(({ kind }) => kind === 'real') : []

  it('are read by position under fixed exactly as the labelled set has them, criterion by criterion', async () => {
    const items = await loadItems()
    const labels = goldenRows<Label>(labelFile)
    let compared = 0
    for (const model of new Set(replies.map((row) => row.model))) {
      const { verdicts } = await replay(model, replies, items)
      for (const label of labels.filter((row) => row.model === model)) {
        const item = items.get(label.item)!
        const ids = item.constraints.filter(({ text }) => text === label.constraint).map(({ id }) => id)
        const own = verdicts.filter((verdict) => verdict.item === item.id && ids.includes(verdict.constraint))
        const fixed = own.filter(({ protocol }) => protocol === 'fixed').map(({ value }) => value)
        expect(fixed, `${model} ${label.item} ${label.constraint}`).toContain(label.label)
        expect(own.find(({ protocol }) => protocol === 'official')!.detail!.parsing).toBe(label.judge_parsing)
        compared++
      }
    }
    expect(compared).toBe(labels.length)
  })

  const whole = Object.entries(published).filter(
    ([model, { items }]) => replies.filter((row) => row.model === model).length === items,
  )
  it.skipIf(whole.length === 0)(
    'give the published score rows (skipped where no run has all its replies)',
    async () => {
      const items = await loadItems()
      for (const [model, row] of whole) {
        const { metric } = await replay(model, replies, items)
        for (const [position, id] of ['csr', 'isr', 'psr'].entries()) {
          expect(metric('official', id).value, `${model} ${id}`).toBe(row.official[position])
          if (row.positional)
            expect(metric('fixed', id).value, `${model} ${id}`).toBeCloseTo(row.positional[position]!, 2)
        }
      }
    },
  )

  it('move by what the two replies of the run of 20 that took the fallback are worth', async () => {
    const { metric, items, context, verdicts } = await replay('moonshot', replies, await loadItems())
    const fallbacks = new Set(verdicts.filter(({ detail }) => detail?.parsing === '0').map(({ item }) => item))
    expect([...fallbacks].sort()).toEqual(['10', '5'])
    expect(context.requests).toHaveLength(items - 2 + 2 * 10)
    // Of 20 responses: ISR 0.45 to 0.35, PSR 0.65 to 0.60, CSR 0.84 to 0.82.
    const loss = (id: string) => (metric('official', id).value! - metric('fixed', id).value!) * items
    expect(loss('isr')).toBeCloseTo(2, 1)
    expect(loss('psr')).toBeCloseTo(1, 1)
    expect(loss('csr') / 20).toBeGreaterThan(0.01)
    expect(loss('csr') / 20).toBeLessThan(0.03)
  })
})
