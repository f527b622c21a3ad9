import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { DataSource, Resources } from '../src/benchmarks/benchmark.ts'
import { collie } from '../src/benchmarks/collie/index.ts'
import { loadTokenizers } from '../src/benchmarks/collie/load-tokenizers.ts'
import type { CollieData } from '../src/benchmarks/collie/schema.ts'
import { scoreResponse } from '../src/benchmarks/collie/score.ts'
import type { Item } from '../src/core/item.ts'

/** Items per second and core of the official Python checker on the same logs. */
const officialItemsPerSecond = 3050
const secondsPerRow = 1.5

const data = fileURLToPath(new URL('../../shared/data', import.meta.url))
const source: DataSource = {
  edition: 'v1',
  isSample: false,
  path: (file) => join(data, 'collie', file),
  optionalPath: () => null,
}
const resources: Resources = { asset: (dataset, file) => join(data, dataset, file), edition: 'v1', isSample: false }

interface Work {
  readonly item: Item<CollieData>
  readonly text: string
}

export default {
  name: 'COLLIE rule verdicts (user CPU, one core)',
  async run(): Promise<Record<string, number | string>[]> {
    if (!existsSync(source.path('collie_v1.jsonl')))
      return [{ run: '-', note: 'skipped: no COLLIE data beside the checkout' }]
    const items: Item<CollieData>[] = []
    for await (const item of collie.load(source)) items.push(item as Item<CollieData>)
    const { tokenizers } = await loadTokenizers(resources)
    const rate = (work: readonly Work[]): number => {
      let scored = 0
      const started = process.cpuUsage()
      let seconds = 0
      while (seconds < secondsPerRow) {
        for (const { item, text } of work) {
          scoreResponse(tokenizers, item, { sample: 0, status: 'ok', text, reasoning: null, finishReason: null }, [
            'official',
          ])
        }
        scored += work.length
        seconds = process.cpuUsage(started).user / 1e6
      }
      return scored / seconds
    }
    const rows: Record<string, number | string>[] = []
    for (const run of ['alpaca-7b', 'vicuna-7b']) {
      const work = await readWork(items, run)
      rate(work)
      const itemsPerSecond = rate(work)
      rows.push(row(run, 'all', work, itemsPerSecond))
      if (run === 'vicuna-7b') {
        for (const structure of new Set(work.map(({ item }) => String(item.tags.structure)))) {
          const part = work.filter(({ item }) => item.tags.structure === structure)
          rows.push(row(run, structure, part, rate(part)))
        }
      }
    }
    return rows
  },
}

function row(run: string, structure: string, work: readonly Work[], itemsPerSecond: number) {
  return {
    run,
    structure,
    items: work.length,
    characters: Math.round(work.reduce((sum, { text }) => sum + text.length, 0) / work.length),
    'items/s': Math.round(itemsPerSecond),
    'times official': structure === 'all' ? (itemsPerSecond / officialItemsPerSecond).toFixed(1) : '',
  }
}

async function readWork(items: readonly Item<CollieData>[], run: string): Promise<readonly Work[]> {
  const file = source.path(`logs/${run}-1trial-no0-prompt.json.gz`)
  const log = JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as Record<'prompts' | 'texts', string[]>
  const texts = new Map(log.prompts.map((prompt, index) => [prompt, log.texts[index]!]))
  return items.map((item) => ({ item, text: texts.get(item.messages[0]!.content)! }))
}
