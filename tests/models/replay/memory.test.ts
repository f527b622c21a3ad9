import { spawnSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../_folder.ts'

const script = `
import { createEndpoint } from ${JSON.stringify(fileURLToPath(new URL('../../../src/models/create-endpoint.ts', import.meta.url)))}
async function main() {
  const endpoint = await createEndpoint('replay:' + process.argv.at(-1))
  const { signal } = new AbortController()
  let length = 0
  for (let item = 0; item < 100000; item += 1) {
    const meta = { benchmark: 'b', item: 'item-' + item, purpose: 'generate', sample: 0, attempt: 0, subject: 's' }
    const messages = [{ role: 'user', content: 'Prompt number ' + item }]
    length += (await endpoint.complete({ messages, sampling: {}, meta }, signal)).text.length
  }
  console.log(JSON.stringify({ length, peak: process.resourceUsage().maxRSS }))
}
main()
`

it('answers from 100,000 gzipped responses in less than 300 MB', async () => {
  const file = join(temporaryFolder(), 'responses.jsonl.gz')
  const filler = 'All work and some play. '.repeat(60)
  async function* lines() {
    for (let item = 0; item < 100_000; item += 1) {
      yield `${JSON.stringify({ id: `item-${item}`, prompt: `Prompt number ${item}`, response: `${filler}${item}` })}\n`
    }
  }
  await pipeline(lines, createGzip({ level: 1 }), createWriteStream(file))
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, file], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
  })
  expect(child.stderr).toBe('')
  const { length, peak } = JSON.parse(child.stdout) as { length: number; peak: number }
  expect(length).toBeGreaterThan(100_000 * filler.length)
  expect(peak / 1024).toBeLessThan(300)
}, 120_000)
