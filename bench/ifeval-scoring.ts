import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toItem } from '../src/benchmarks/ifeval/load.ts'
import type { IfevalRecord } from '../src/benchmarks/ifeval/schema.ts'
import { scoreResponse } from '../src/benchmarks/ifeval/score.ts'
import { loadLanguageTools } from '../src/benchmarks/language-tools.ts'
import type { Item } from '../src/core/item.ts'
import type { ModelResponse } from '../src/core/response.ts'

/** Responses per second and core of the official Python on 541 GPT-4 responses, strict and loose, warm. */
const officialResponsesPerSecond = 760
const secondsPerRow = 1.5

const shared = fileURLToPath(new URL('../../shared', import.meta.url))
const responsesFile = join(shared, 'golden/ifeval/models.jsonl')

interface Work {
  readonly model: string
  readonly item: Item<IfevalRecord>
  readonly response: ModelResponse
}

export default {
  name: 'IFEval verdicts, strict and loose (user CPU, one core)',
  async run(): Promise<Record<string, number | string>[]> {
    if (!existsSync(responsesFile)) return [{ run: '-', note: 'skipped: no golden responses beside the checkout' }]
    const started = process.cpuUsage()
    const { tools } = loadLanguageTools({
      asset: (dataset, file) => join(shared, 'data', dataset, file),
      edition: 'v1',
      isSample: false,
    })
    tools.countSentences('A.')
    tools.detectLanguage('warm')
    const startUp = process.cpuUsage(started).user / 1e3
    const work = await readWork()
    const pass = (part: readonly Work[]): void => {
      for (const { item, response } of part) scoreResponse(tools, item, response, ['official'])
    }
    const rate = (part: readonly Work[]): number => {
      let scored = 0
      let seconds = 0
      const begin = process.cpuUsage()
      while (seconds < secondsPerRow) {
        pass(part)
        scored += part.length
        seconds = process.cpuUsage(begin).user / 1e6
      }
      return scored / seconds
    }
    pass(work)
    pass(work)
    const rows: Record<string, number | string>[] = []
    for (const model of [...new Set(work.map((one) => one.model)), 'all']) {
      const part = work.filter((one) => model === 'all' || one.model === model)
      const perSecond = rate(part)
      rows.push({
        run: model,
        responses: part.length,
        characters: Math.round(part.reduce((sum, { response }) => sum + response.text!.length, 0) / part.length),
        'responses/s': Math.round(perSecond),
        'times official': (perSecond / officialResponsesPerSecond).toFixed(1),
      })
    }
    return [...rows, { run: 'reading the language tables', note: `${Math.round(startUp)} ms, once` }]
  },
}

async function readWork(): Promise<readonly Work[]> {
  const lines = (await readFile(responsesFile, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line, index) => {
    const row = JSON.parse(line) as { key: number; model: string; response: string } & Record<string, unknown>
    const item = toItem({ ...row, prompt: '-' }, { file: responsesFile, line: index + 1 })
    const response = { sample: 0, status: 'ok', text: row.response, reasoning: null, finishReason: 'stop' } as const
    return { model: row.model, item, response }
  })
}
