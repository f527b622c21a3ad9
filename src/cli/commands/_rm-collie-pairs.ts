import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { DataSource } from '../../benchmarks/benchmark.ts'
import { collie } from '../../benchmarks/collie/index.ts'
import type { LabelledPair } from '../../checkers/reward-model/training/labelled-pair.ts'
import type { Item } from '../../core/item.ts'
import { readJsonl } from '../../core/jsonl.ts'

interface OutputRow {
  readonly id: string
  readonly item: string
  readonly response: string
  readonly sub: readonly boolean[]
}

interface RunRow {
  readonly run: string
  readonly id: string
  readonly sub: readonly boolean[]
}

/** Pairs with official verdicts on every sub-constraint of COLLIE, in the adapter's words. */
export async function readColliePairs(golden: string, data: string): Promise<LabelledPair[]> {
  const source: DataSource = {
    edition: 'v1',
    isSample: false,
    path: (file) => join(data, 'collie', file),
    optionalPath: () => null,
  }
  const items = new Map<string, Item>()
  for await (const item of collie.load(source)) items.set(item.id, item)
  const pairs: LabelledPair[] = []
  const add = (id: string, item: Item, from: string, response: string, sub: readonly boolean[]) => {
    sub.forEach((verdict, index) => {
      const { text, tags } = item.constraints[index]!
      const label = verdict ? 1 : 0
      const type = `collie:${String(tags.type)}`
      pairs.push({
        id: `${id}-${index}`,
        source: from,
        response,
        constraint: text,
        label,
        type,
        cluster: item.cluster,
        isRule: true,
        wording: null,
      })
    })
  }
  for await (const { value } of readJsonl<OutputRow>(join(golden, 'collie/model_outputs.jsonl'))) {
    add(value.id, items.get(value.item)!, 'collie-models', value.response, value.sub)
  }
  for await (const { value } of readJsonl<OutputRow>(join(golden, 'collie/adversarial.jsonl'))) {
    if (value.response.length < 4000) add(value.id, items.get(value.item)!, 'collie-crafted', value.response, value.sub)
  }
  const texts = new Map<string, ReadonlyMap<string, string>>()
  for await (const { value } of readJsonl<RunRow>(join(golden, 'collie/published_runs.jsonl'))) {
    const responses =
      texts.get(value.run) ?? (await readRun(join(data, 'collie/logs', `${value.run}-1trial-no0-prompt.json.gz`)))
    texts.set(value.run, responses)
    const item = items.get(value.id)!
    const response = responses.get(item.messages[0]!.content)
    if (response !== undefined) add(`${value.run}-${value.id}`, item, 'collie-models', response, value.sub)
  }
  return pairs
}

async function readRun(file: string): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(file)) return new Map()
  const log = JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as Record<'prompts' | 'texts', string[]>
  return new Map(log.prompts.map((prompt, index) => [prompt, log.texts[index]!]))
}
