import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ComplexBenchData } from '../../../src/benchmarks/complexbench/item-data.ts'
import { loadComplexBench } from '../../../src/benchmarks/complexbench/load.ts'
import { ruleNameList } from '../../../src/checkers/complexbench/rule-flaw.ts'
import type { Item } from '../../../src/core/item.ts'
import { samplesFolder } from '../../../src/data/samples.ts'
import { judgeKey, readJudgeReplies, readResponses, responseKey } from '../../../src/models/demo/sample-recording.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, scoreAll } from './_support.ts'

async function sample(edition: string): Promise<Item<ComplexBenchData>[]> {
  const path = (file: string) => join(samplesFolder, 'complexbench', file)
  const items: Item<ComplexBenchData>[] = []
  const source = { edition, isSample: true, path, optionalPath: path }
  for await (const item of loadComplexBench(source)) items.push(item)
  return items
}

async function run(checkpoint: string) {
  const items = await sample('zh')
  const responses = await readResponses(samplesFolder, 'complexbench', checkpoint)
  const replies = await readJudgeReplies(samplesFolder, 'complexbench')
  const context = scriptedContext(({ item, constraint, purpose, attempt }) => {
    const reply = replies.get(
      judgeKey({ checkpoint, item: item!, constraint: constraint!, purpose, attempt: attempt! }),
    )
    if (reply === undefined) throw new Error(`Nothing recorded for ${item}/${constraint}/${purpose}/${attempt}`)
    return reply
  })
  return scoreAll(
    items,
    items.map(({ id }) => answer(responses.get(responseKey(id, 0))!)),
    context,
  )
}

describe('the embedded sample', () => {
  it('has every rule kind, category, task type and dimension', async () => {
    const items = await sample('zh')
    expect(items.length).toBeGreaterThanOrEqual(20)
    const constraints = items.flatMap((item) => item.constraints)
    const kinds = new Set(constraints.flatMap(({ tags }) => String(tags.rule ?? '').split('+')))
    for (const name of ruleNameList) expect(kinds).toContain(name)
    expect(new Set(items.map(({ tags }) => tags.category)).size).toBe(8)
    expect(new Set(items.map(({ tags }) => tags['task-type'])).size).toBe(10)
    expect(new Set(constraints.flatMap(({ tags }) => tags['constraint-dimension'])).size).toBe(19)
  })

  it('is there in English as well', async () => {
    for (const { messages, constraints } of await sample('en')) {
      expect(messages[0]!.content).toMatch(/^[A-Z]/)
      for (const { text } of constraints) expect(text).toMatch(/^[A-Z].*\?$/)
    }
  })

  it('is scored from recordings alone, tuned above base, and tells the protocols apart', async () => {
    const [base, tuned] = [await run('base'), await run('tuned')]
    expect(base.metric('official', 'drfr')).toMatchObject({ value: 48 / 94, missing: 0 })
    expect(base.metric('fixed', 'drfr')).toMatchObject({ value: 42 / 94, missing: 0 })
    expect(tuned.metric('official', 'drfr')).toMatchObject({ value: 90 / 94, missing: 0 })
    for (const { verdicts } of [base, tuned]) expect(verdicts.every(({ status }) => status === 'ok')).toBe(true)
  })
})
