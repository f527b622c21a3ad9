import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { sendCompletion, startMockModel } from './_mock-model.ts'

const items = 200
const concurrency = 4

it('reads recorded responses no further ahead than the judge can follow, and all of them in the end', async () => {
  using folder = temporaryFolder()
  const set = join(folder.path, 'set.jsonl')
  const responses = join(folder.path, 'responses.jsonl')
  const out = join(folder.path, 'run')
  const lines = (line: (index: number) => unknown) =>
    `${Array.from({ length: items }, (_unused, index) => JSON.stringify(line(index))).join('\n')}\n`
  const check = { judge: 'Is it short?' }
  writeFileSync(
    set,
    lines((index) => ({ id: `i${index}`, prompt: `Say ${index}.`, constraints: [{ text: 'short', check }] })),
  )
  writeFileSync(
    responses,
    lines((index) => ({ id: `i${index}`, response: `It is ${index}.` })),
  )
  const count = (role: string) => {
    const file = join(out, 'calls.jsonl')
    return existsSync(file) ? readFileSync(file, 'utf8').split(`"role":"${role}"`).length - 1 : 0
  }
  let isHeld = true
  const held: (() => void)[] = []
  await using judge = await startMockModel(() => (response) => {
    const answer = () => sendCompletion(response, 'YES')
    if (isHeld) held.push(answer)
    else answer()
  })
  const run = bench([
    ...['run', '--bench', set, '--model', `replay:${responses}`, '--judge', judge.url, '--out', out],
    ...['--concurrency', String(concurrency), '--quiet', '--json'],
  ])
  for (let wait = 0; wait < 3000 && (held.length < concurrency || count('model') < 2 * concurrency); wait++)
    await delay(10)
  await delay(200)
  expect([count('model'), held.length]).toEqual([2 * concurrency, concurrency])
  isHeld = false
  for (const answer of held) answer()
  const { code, stderr } = await run
  expect(code, stderr).toBe(0)
  expect([count('model'), count('judge')]).toEqual([items, items])
}, 60_000)
