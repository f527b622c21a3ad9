import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { bench, startBench, temporaryFolder } from './_bench.ts'
import { startMockModel } from './_mock-model.ts'

interface CallLine {
  readonly kind: 'reply' | 'failure'
  readonly key: string
  readonly role: string
  readonly item: string | null
  readonly constraint: string | null
  readonly endpoint: string
  readonly text?: string
}

interface VerdictLine {
  readonly constraint: string
  readonly item: string
  readonly scorer: string
  readonly value: number | null
  readonly status: string
  readonly reason?: string
  readonly calls?: readonly string[]
}

function linesOf<Line>(file: string): Line[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

const callsIn = (folder: string) => linesOf<CallLine>(join(folder, 'calls.jsonl'))
/** Of a log that is being written to, with a last line that may be torn. */
const scoresIn = (folder: string) => {
  const file = join(folder, 'calls.jsonl')
  return existsSync(file) ? readFileSync(file, 'utf8').split('"role":"rm"').length - 1 : 0
}
const verdictsIn = (folder: string) => linesOf<VerdictLine>(join(folder, 'verdicts.jsonl'))

/** A verl-if server whose scores follow from the texts; what it `refuses` it answers with 500. */
async function startRewardModel(options: { latencyMs?: number; refuses?: (question: string) => boolean } = {}) {
  const asked: string[] = []
  const send = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(request.url === '/predict' ? 405 : 404, { 'content-type': 'text/html' }).end('<title></title>')
      return
    }
    const { question, answer } = (await json(request)) as { question: string; answer: string }
    asked.push(`${answer}\n${question}`)
    await delay(options.latencyMs ?? 0)
    const value = ((question.length * 37 + answer.length * 11) % 101) / 100
    if (options.refuses?.(question)) send(response, 500, { error: 'CUDA out of memory' })
    else send(response, 200, { answer, question, pred: value > 0.5 ? 1 : 0, value })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const run = ['run', '--bench', 'cfbench', '--sample', '--soft', 'rm', '--quiet', '--json']

describe('a served reward model', () => {
  it('has every score in the call log, named by its verdict, and is asked once for equal pairs', async () => {
    await using model = await startMockModel(() => '一个回答，两句话。就这样。')
    await using rm = await startRewardModel()
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const { code, stderr } = await bench([...run, '--model', model.url, '--rm', `verl-if+${rm.url}`, '--out', out])
    expect(code, stderr).toBe(0)
    const scored = verdictsIn(out).filter(({ scorer }) => scorer.startsWith('rm:verl-if '))
    expect(scored.length).toBeGreaterThan(20)
    const calls = new Map(callsIn(out).map((call) => [call.key, call]))
    for (const { value, calls: keys } of scored) {
      const call = calls.get(keys![0]!)!
      expect(call).toMatchObject({ kind: 'reply', role: 'rm' })
      const { pred } = JSON.parse(call.text!) as { pred: number }
      expect(value).toBe(pred)
    }
    expect(new Set(rm.asked).size).toBe(rm.asked.length)
    expect([...calls.values()].filter(({ role }) => role === 'rm')).toHaveLength(rm.asked.length)
  }, 120_000)

  it('scores again offline when its server is gone, verdict for verdict', async () => {
    await using model = await startMockModel(() => '一个回答。')
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    let address: string
    {
      await using rm = await startRewardModel()
      address = rm.url
      const { code, stderr } = await bench([...run, '--model', model.url, '--rm', address, '--out', out])
      expect(code, stderr).toBe(0)
    }
    const before = verdictsIn(out)
    const again = await bench([...run, '--model', model.url, '--rm', address, '--out', out, '--offline'])
    expect(again.code, again.stderr).toBe(0)
    expect(verdictsIn(out)).toEqual(before)
    const elsewhere = await bench([
      ...run,
      '--model',
      model.url,
      '--rm',
      'http://127.0.0.1:9',
      '--out',
      out,
      '--offline',
    ])
    expect(elsewhere.code).toBe(2)
    expect(elsewhere.stderr).toContain('Expected one scoring by the reward model at http://127.0.0.1:9')
    expect(elsewhere.stderr).toContain('--rm embedded')
    const unnamed = await bench([...run, '--model', model.url, '--rm', address, '--offline'])
    expect(unnamed.code).toBe(2)
    expect(unnamed.stderr).toContain('--out')
  }, 120_000)

  it('counts what it could not score as rm-error and asks for these pairs alone in the next run', async () => {
    await using model = await startMockModel(() => '一个回答。')
    let isDown = true
    await using rm = await startRewardModel({ refuses: (question) => isDown && question.length % 3 === 0 })
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const args = [...run, '--model', model.url, '--rm', `verl-if+${rm.url}`, '--out', out]
    const first = await bench(args)
    expect(first.code, first.stderr).toBe(1)
    const failed = verdictsIn(out).filter(({ status }) => status === 'rm-error')
    expect(failed.length).toBeGreaterThan(0)
    expect(failed.every(({ value, reason }) => value === null && reason!.includes('CUDA out of memory'))).toBe(true)
    expect(first.stderr).toMatch(/cfbench: .*rm-error.*run the same command again/)
    isDown = false
    const asked = rm.asked.length
    const second = await bench(args)
    expect(second.code, second.stderr).toBe(0)
    const again = rm.asked.slice(asked)
    expect(again.length).toBeGreaterThan(0)
    expect(again.every((pair) => pair.split('\n').at(-1)!.length % 3 === 0)).toBe(true)
    expect(verdictsIn(out).some(({ status }) => status === 'rm-error')).toBe(false)
  }, 120_000)

  it('is asked for no pair twice after a kill but those under way', async () => {
    await using model = await startMockModel(() => '一个回答。')
    await using rm = await startRewardModel({ latencyMs: 40 })
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const args = [...run, '--model', model.url, '--rm', `verl-if+${rm.url}`, '--out', out]
    const child = startBench(args)
    const exited = once(child, 'close')
    for (let wait = 0; wait < 3000 && scoresIn(out) < 20; wait++) await delay(5)
    child.kill('SIGKILL')
    await exited
    const { code, stderr } = await bench(args)
    expect(code, stderr).toBe(0)
    const distinct = new Set(rm.asked).size
    expect(callsIn(out).filter(({ role, kind }) => role === 'rm' && kind === 'reply')).toHaveLength(distinct)
    // Four requests are under way at once with this protocol, and as many replies may wait for the disk: their places
    // are free for the next ones already. Without the log all twenty and more would be asked for again.
    expect(rm.asked.length).toBeLessThanOrEqual(distinct + 8)
  }, 120_000)

  it('is not asked by a dry run, which counts its pairs', async () => {
    await using model = await startMockModel(() => '一个回答。')
    await using rm = await startRewardModel()
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const { code, stdout } = await bench([
      ...['run', '--bench', 'cfbench', '--sample', '--soft', 'rm', '--json', '--dry-run'],
      ...['--model', model.url, '--rm', `verl-if+${rm.url}`, '--out', out],
    ])
    expect(code).toBe(0)
    const { estimates } = JSON.parse(stdout) as { estimates: { role: string; calls: number; endpoint: string }[] }
    const entry = estimates.find(({ role }) => role === 'rm')!
    expect(entry.calls).toBeGreaterThan(20)
    expect(entry.endpoint).toContain(rm.url)
    expect(rm.asked).toEqual([])
  }, 120_000)
})
