import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../src/core/random.ts'
import { bench, startBench, temporaryFolder } from './_bench.ts'
import { startMockModel } from './_mock-model.ts'

const kills = Number(process.env.HEED_KILLS ?? 8)
const concurrency = 16
const samples = 20

interface Line {
  readonly kind: string
  readonly key: string
  readonly item: string
  readonly sample: number
}

function callsIn(folder: string): Line[] {
  const file = join(folder, 'calls.jsonl')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

function figures(folder: string): unknown {
  const scores = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8'))
  return scores.benchmarks
}

describe('a run that is killed', () => {
  it(`has after ${kills} kills one reply per response, the undisturbed score, and paid for no more than was in flight`, async () => {
    await using model = await startMockModel(
      ({ body, index }) => `Answer ${body.messages[0]!.content.length}, in words${index < 0 ? '' : '.'}`,
      { latencyMs: 8 },
    )
    using disturbed = temporaryFolder()
    using calm = temporaryFolder()
    const args = (folder: string) => [
      ...['run', '--bench', 'ifeval', '--sample', '--model', model.url, '--samples', String(samples)],
      ...['--concurrency', String(concurrency), '--out', join(folder, 'run'), '--json', '--quiet'],
    ]
    const random = mulberry32(7)
    for (let kill = 0; kill < kills; kill++) {
      const child = startBench(args(disturbed.path))
      const exited = once(child, 'close')
      await Promise.race([delay(150 + random() * 700), exited])
      child.kill('SIGKILL')
      await exited
    }
    const last = await bench(args(disturbed.path))
    expect(last.code, last.stderr).toBe(0)
    const paid = model.requests.length

    const replies = callsIn(join(disturbed.path, 'run')).filter(({ kind }) => kind === 'reply')
    const perResponse = new Set(replies.map(({ item, sample }) => `${item}/${sample}`))
    expect(perResponse.size).toBe(replies.length)
    expect(paid).toBeLessThanOrEqual(replies.length + kills * concurrency)

    const undisturbed = await bench(args(calm.path))
    expect(undisturbed.code, undisturbed.stderr).toBe(0)
    expect(callsIn(join(calm.path, 'run')).length).toBe(replies.length)
    expect(figures(join(disturbed.path, 'run'))).toEqual(figures(join(calm.path, 'run')))
  }, 600_000)
})
