import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type BatchLine, parseLines, startBatchServer } from './_batch-server.ts'
import { bench, temporaryFolder } from './_bench.ts'
import { goodReply } from './_mock-judge.ts'
import { startMockModel } from './_mock-model.ts'

type Messages = { role: string; content: string }[]

function answerTo(messages: unknown): string {
  return goodReply((messages as Messages).map(({ content }) => content).join('\n'))
}

function completion(line: BatchLine): unknown {
  const message = { role: 'assistant', content: answerTo(line.body!.messages) }
  const body = {
    object: 'chat.completion',
    model: 'mock-model',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  }
  return { id: 'r', custom_id: line.custom_id, response: { status_code: 200, request_id: 'r', body }, error: null }
}

function requestsOf(folder: string): BatchLine[] {
  const batch = join(folder, 'batch')
  return readdirSync(batch)
    .filter((name) => name.startsWith('requests-'))
    .flatMap((name) => parseLines(readFileSync(join(batch, name), 'utf8')))
}

function write(folder: string, lines: readonly unknown[]): string {
  const file = join(folder, 'results.jsonl')
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

function figures(folder: string): unknown {
  const scores = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8'))
  return scores.benchmarks
}

function callKeys(folder: string): string[] {
  return parseLines<{ key: string }>(readFileSync(join(folder, 'calls.jsonl'), 'utf8')).map(({ key }) => key)
}

const suite = ['--suite', 'ood', '--sample', '--code-sandbox', 'off']

describe('a run in batches', () => {
  it('makes the calls of a live run, none more, in rounds that follow from each other, and scores the same', async () => {
    await using model = await startMockModel(({ body }) => answerTo(body.messages))
    using folder = temporaryFolder()
    const spec = `${model.url}#mock-model`
    const options = [...suite, '--model', spec, '--judge', spec]
    const live = join(folder.path, 'live')
    const run = await bench(['run', ...options, '--out', live, '--quiet'])
    expect(run.code, run.stderr).toBe(0)
    const paid = model.requests.length

    const out = join(folder.path, 'batched')
    const sent: BatchLine[] = []
    for (;;) {
      const exported = await bench(['batch', 'export', ...options, '--out', out, '--max-requests', '40', '--json'])
      if (exported.code === 0) break
      expect(exported.code, exported.stderr).toBe(3)
      const { files } = JSON.parse(exported.stdout)
      expect(files.every(({ requests }: { requests: number }) => requests <= 40)).toBe(true)
      if (sent.length === 0)
        expect(new Set(files.map(({ role }: { role: string }) => role))).toEqual(new Set(['model']))
      const lines = requestsOf(out)
      sent.push(...lines)
      const imported = await bench(['batch', 'import', out, write(folder.path, lines.map(completion).reverse())])
      expect(imported.code, imported.stderr).toBe(0)
    }
    expect(sent).toHaveLength(paid)
    expect(callKeys(out).sort()).toEqual(callKeys(live).sort())
    const bodies = (requests: readonly unknown[]) => requests.map((body) => JSON.stringify(body)).sort()
    expect(bodies(sent.map(({ body }) => body))).toEqual(bodies(model.requests.map(({ body }) => body)))

    const scored = await bench(['run', ...options, '--out', out, '--offline', '--quiet'])
    expect(scored.code, scored.stderr).toBe(0)
    expect(model.requests).toHaveLength(paid)
    expect(figures(out)).toEqual(figures(live))
    expect(existsSync(join(out, 'batch'))).toBe(false)
  })

  it('imports what there is, tells failures, and asks again for what failed and may succeed', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const options = ['--bench', 'ifeval', '--sample', '--model', 'http://127.0.0.1:9/v1#m', '--out', out]
    expect((await bench(['batch', 'export', ...options])).code).toBe(3)
    const lines = requestsOf(out)
    const [expired, tooLong, broken, unanswered, ...fine] = lines
    const error = (line: BatchLine, status: number, message: string) => ({
      custom_id: line.custom_id,
      response: { status_code: status, body: { error: { message } } },
      error: { message },
    })
    const results = [
      ...fine.map(completion),
      ...fine.slice(0, 2).map(completion),
      error(expired!, 500, 'the worker died'),
      error(tooLong!, 400, 'maximum context length is 4096 tokens'),
      { custom_id: broken!.custom_id, response: { status_code: 200, body: { choices: [] } }, error: null },
      { custom_id: 'of somebody else', response: { status_code: 200, body: {} }, error: null },
    ]
    const file = write(folder.path, results)
    const imported = await bench(['batch', 'import', out, file, '--json'])
    expect(imported.code, imported.stderr).toBe(1)
    expect(JSON.parse(imported.stdout)).toMatchObject({
      imported: fine.length,
      known: 2,
      failed: 3,
      foreign: 1,
      waiting: 4,
    })
    const again = await bench(['batch', 'import', out, file, '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ imported: 0, known: fine.length + 2 })

    const exported = await bench(['batch', 'export', ...options])
    expect(exported.code).toBe(3)
    expect(exported.stderr).toContain('1 calls were refused as they are')
    const ids = (of: readonly (BatchLine | undefined)[]) => of.map((line) => line!.custom_id).sort()
    expect(ids(requestsOf(out))).toEqual(ids([expired, broken, unanswered]))
  })

  it('refuses results of another run, lines that are no JSON, a run without a round, and recorded models', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const options = [
      '--bench',
      'ifeval',
      '--sample',
      '--model',
      'http://127.0.0.1:9/v1#m',
      '--limit',
      '3',
      '--out',
      out,
    ]
    expect((await bench(['batch', 'export', ...options])).code).toBe(3)
    const foreign = await bench(['batch', 'import', out, write(folder.path, [{ custom_id: 'x', response: {} }])])
    expect(foreign).toMatchObject({ code: 2, stdout: '' })
    expect(foreign.stderr).toContain('1 lines that belong to none of them')
    const file = join(folder.path, 'broken.jsonl')
    writeFileSync(file, '{"custom_id"\n')
    const broken = await bench(['batch', 'import', out, file])
    expect(broken.code).toBe(2)
    expect(broken.stderr).toContain('broken.jsonl:1')
    expect((await bench(['batch', 'import', out, join(folder.path, 'nowhere')])).code).toBe(2)

    const demo = await bench(['batch', 'export', '--bench', 'ifeval', '--model', 'demo/base', '--out', `${out}-demo`])
    expect(demo.code).toBe(2)
    expect(demo.stderr).toContain('its replies are recorded')
    const none = await bench(['batch', 'export', '--bench', 'ifeval'])
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('Expected one --model')
  })

  it('goes through the batch API of OpenAI: submit once, collect when it has ended', async () => {
    await using server = await startBatchServer(completion)
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const options = ['--bench', 'ifeval', '--sample', '--model', `${server.url}#m`, '--out', out]
    const env = { THE_KEY: 'key-1234567890' }
    expect((await bench(['batch', 'export', ...options, '--api-key-env', 'THE_KEY'], env)).code).toBe(3)
    const submitted = await bench(['batch', 'submit', out], env)
    expect(submitted.code, submitted.stderr).toBe(0)
    const twice = await bench(['batch', 'submit', out], env)
    expect(twice.code, twice.stderr).toBe(0)
    expect(server.asked.filter((path) => path === 'POST /v1/batches')).toHaveLength(1)
    expect(server.headers[0]!.authorization).toBe('Bearer key-1234567890')

    const early = await bench(['batch', 'export', ...options, '--api-key-env', 'THE_KEY'], env)
    expect(early.code).toBe(2)
    expect(early.stderr).toContain('not collected')
    const running = await bench(['batch', 'collect', out], env)
    expect(running.code, running.stderr).toBe(3)
    expect(running.stdout).toContain('in_progress')
    const ended = await bench(['batch', 'collect', out, '--wait', '--every', '0.1', '--json'], env)
    expect(ended.code, ended.stderr).toBe(0)
    expect(JSON.parse(ended.stdout).imported.waiting).toBe(0)

    const done = await bench(['batch', 'export', ...options, '--api-key-env', 'THE_KEY'], env)
    expect(done.code, done.stderr).toBe(0)
    const files = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'))
    expect(files.some((text) => text.includes(env.THE_KEY))).toBe(false)
  })

  it('goes through the message batches of Anthropic', async () => {
    const message = ({ custom_id, params }: BatchLine) => {
      const content = [{ type: 'text', text: answerTo(params!.messages) }]
      const usage = { input_tokens: 10, output_tokens: 5 }
      return {
        custom_id,
        result: {
          type: 'succeeded',
          message: { type: 'message', model: 'm', content, stop_reason: 'end_turn', usage },
        },
      }
    }
    let lines = 0
    await using server = await startBatchServer((line) =>
      lines++ === 0 ? { custom_id: line.custom_id, result: { type: 'expired' } } : message(line),
    )
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const options = ['--bench', 'ifeval', '--sample', '--model', 'anthropic/m', '--out', out]
    const env = { ANTHROPIC_BASE_URL: server.origin, ANTHROPIC_API_KEY: 'key-1234567890' }
    expect((await bench(['batch', 'export', ...options], env)).code).toBe(3)
    const [request] = requestsOf(out)
    expect(request!.params).toMatchObject({ model: 'm', messages: expect.any(Array), max_tokens: expect.any(Number) })
    expect(request!.custom_id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
    expect((await bench(['batch', 'submit', out], env)).code).toBe(0)
    const collected = await bench(['batch', 'collect', out, '--wait', '--every', '0.1', '--json'], env)
    expect(collected.code, collected.stderr).toBe(0)
    expect(collected.stderr).toContain('the request was expired')
    expect(JSON.parse(collected.stdout).imported).toMatchObject({ failed: 1, waiting: 1 })
    expect((await bench(['batch', 'export', ...options], env)).code).toBe(3)
    expect(requestsOf(out)).toHaveLength(1)

    const elsewhere = await bench(['batch', 'submit', out], { ...env, ANTHROPIC_BASE_URL: `${server.origin}/other` })
    expect(elsewhere.code).toBe(2)
    expect(elsewhere.stderr).toContain('The requests were exported for that address')
  })
})
