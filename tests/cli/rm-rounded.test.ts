import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'

/** A verl-if server that rounds everything to 0.5; its own verdict is right. */
async function startRoundingModel() {
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return response.writeHead(405).end()
    const pair = (await json(request)) as { question: string; answer: string }
    const body = { ...pair, pred: pair.answer.startsWith('good') ? 1 : 0, value: 0.5 }
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

describe('probabilities that a server rounded to 0.5', () => {
  it('are measured by the verdict that it gives beside them', async () => {
    await using rm = await startRoundingModel()
    using folder = temporaryFolder()
    const file = join(folder.path, 'labelled.jsonl')
    const lines = Array.from({ length: 6 }, (_, number) => ({
      id: `${number}`,
      response: number < 4 ? `good ${number}` : `bad ${number}`,
      constraint: 'Be good.',
      label: number < 4 ? 1 : 0,
    }))
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
    const { stdout, stderr } = await bench([
      'rm',
      'eval',
      file,
      '--rm',
      `verl-if+${rm.url}`,
      '--resamples',
      '0',
      '--json',
    ])
    const { overall } = JSON.parse(stdout || '{}') as { overall: { confusion: Record<string, number> } }
    expect(overall.confusion, stderr).toEqual({
      truePositives: 4,
      falsePositives: 0,
      falseNegatives: 0,
      trueNegatives: 2,
    })
  })
})
