import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createAggregator } from '../../../src/benchmarks/followbench/aggregate.ts'
import { followbench } from '../../../src/benchmarks/followbench/index.ts'
import type { FollowBenchData } from '../../../src/benchmarks/followbench/schema.ts'
import { type RuleLanguage, ruleLanguages } from '../../../src/checkers/followbench/rule.ts'
import { rules } from '../../../src/checkers/followbench/rules.ts'
import type { Item } from '../../../src/core/item.ts'
import { samplePath } from '../../../src/data/samples.ts'
import { answer, figure, judgeOf } from './_support.ts'

const checkpoints = ['base', 'tuned'] as const
type Checkpoint = (typeof checkpoints)[number]

async function items(edition: RuleLanguage): Promise<Item<FollowBenchData>[]> {
  const optionalPath = (file: string) => samplePath('followbench', file)
  const all: Item<FollowBenchData>[] = []
  for await (const item of followbench.load({
    edition,
    isSample: true,
    optionalPath,
    path: (file) => optionalPath(file)!,
  })) {
    all.push(item)
  }
  return all
}

function lines<T>(file: string): T[] {
  return readFileSync(samplePath('followbench', file)!, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

const responses = (checkpoint: Checkpoint) =>
  lines<{ id: string; sample: number; response: string }>(`responses.${checkpoint}.jsonl`)
const replies = lines<{
  checkpoint: Checkpoint
  item: string
  constraint: null
  purpose: string
  attempt: number
  reply: string
}>('judge.jsonl')

/** A judge that answers from the recorded replies and has one for everything it is asked. */
function recorded(checkpoint: Checkpoint) {
  return judgeOf(({ item, purpose, attempt }) => {
    const found = replies.filter(
      (reply) =>
        reply.checkpoint === checkpoint &&
        reply.item === item &&
        reply.purpose === purpose &&
        reply.attempt === attempt,
    )
    expect(found, `${checkpoint} ${item} ${purpose} ${attempt}`).toHaveLength(1)
    return found[0]!.reply
  })
}

describe('the embedded sample', () => {
  it.each(ruleLanguages)('holds every rule of the language %s, every type, and judged groups', async (language) => {
    const all = await items(language)
    const wanted = Object.entries(rules).filter(([, { languages }]) =>
      (languages as readonly string[]).includes(language),
    )
    expect(new Set(all.flatMap(({ data }) => data.rule ?? []))).toEqual(new Set(wanted.map(([id]) => id)))
    expect(new Set(all.map(({ data }) => data.type)).size).toBe(6)
    expect(all.filter(({ data }) => data.rule === null).length).toBeGreaterThanOrEqual(15)
  })

  it('has one response per item and checkpoint, with ids that are unique over both languages', async () => {
    const ids = (await Promise.all(ruleLanguages.map(items))).flat().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const checkpoint of checkpoints)
      expect(
        responses(checkpoint)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...ids].sort())
  })

  it.each(ruleLanguages)(
    'is scored offline from recorded replies, and tells the checkpoints apart: %s',
    async (language) => {
      const hsr: number[] = []
      for (const checkpoint of checkpoints) {
        const scorer = await followbench.prepare({ edition: language, isSample: true, asset: () => null })
        const aggregator = createAggregator({ protocol: 'official', edition: language })
        const byId = new Map(responses(checkpoint).map(({ id, response }) => [id, response]))
        const context = recorded(checkpoint)
        for (const item of await items(language)) {
          const verdicts = await scorer.score(item, answer(byId.get(item.id)!), context, ['official'])
          aggregator.add({ item, sample: 0, status: 'ok', verdicts })
        }
        const metrics = aggregator.finish().metrics({ replicates: 20 })
        hsr.push(figure(metrics, 'hsr').value!)
        expect(figure(metrics, 'hsr').missing).toBe(checkpoint === 'base' ? 1 : 0)
      }
      expect(hsr[1]! - hsr[0]!).toBeGreaterThan(0.2)
    },
  )

  it('reads a second reply under the fixed protocol, and leaves out what no round made readable', async () => {
    const missing = await Promise.all(
      ruleLanguages.map(async (edition) => {
        const scorer = await followbench.prepare({ edition, isSample: true, asset: () => null })
        const context = recorded('base')
        const id = `${edition === 'zh' ? 'zh:' : ''}content/1/L4`
        const item = (await items(edition)).find((candidate) => candidate.id === id)!
        const response = responses('base').find((candidate) => candidate.id === id)!.response
        const verdicts = await scorer.score(item, answer(response), context, ['official', 'fixed'])
        return verdicts.map(({ value, status }) => value ?? status).join(' ')
      }),
    )
    const unparsed = (count: number) => Array(count).fill('judge-unparsed').join(' ')
    expect(missing).toEqual([`${unparsed(4)} 1 1 1 0`, unparsed(8)])
  })

  it('needs no fenced question, so that the recorded replies serve both protocols', async () => {
    for (const edition of ruleLanguages) {
      const scorer = await followbench.prepare({ edition, isSample: true, asset: () => null })
      for (const checkpoint of checkpoints) {
        const context = recorded(checkpoint)
        const byId = new Map(responses(checkpoint).map(({ id, response }) => [id, response]))
        for (const item of await items(edition)) {
          await scorer.score(item, answer(byId.get(item.id)!), context, ['official', 'fixed'])
        }
        expect(new Set(context.asked.map(({ purpose }) => purpose))).toEqual(new Set(['judge']))
      }
    }
  })
})
