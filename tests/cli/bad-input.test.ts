import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, startBench, temporaryFolder } from './_bench.ts'
import { sendCompletion, startMockModel } from './_mock-model.ts'

/** Everything in a folder, by name: what must not change when a command is refused. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

const small = ['run', '--bench', 'ifeval', '--sample', '--limit', '3', '--quiet']

describe('bad input is refused with a message, exit code 2 and nothing changed', () => {
  it('names the benchmark that was probably meant', async () => {
    const { code, stderr, stdout } = await bench(['run', '--bench', 'ifevl'])
    expect(code).toBe(2)
    expect(stderr).toContain('Did you mean `ifeval`?')
    expect(stdout).toBe('')
  })

  it('names the command that was probably meant, and lists none of its own stack', async () => {
    const { code, stderr } = await bench(['rnu'])
    expect(code).toBe(2)
    expect(stderr).toContain('`run`')
    expect(stderr).not.toContain('    at ')
  })

  it('says how a command is called, and where help is after a mistake', async () => {
    expect((await bench(['run', '--help'])).stdout).toContain('Usage: bench run [options]')
    expect((await bench(['batch', 'import', '--help'])).stdout).toContain('Usage: bench batch import [options] <run>')
    const { code, stderr } = await bench(['data', 'pul'])
    expect(code).toBe(2)
    expect(stderr).toContain('See bench data --help.')
  })

  it('says what is wrong with a place that cannot be used', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'file')
    writeFileSync(file, 'text')
    for (const place of [
      ['--out', file],
      ['--results', join(file, 'results')],
    ]) {
      const { code, stderr } = await bench([...small, '--model', 'demo/base', ...place])
      expect(code, stderr).toBe(2)
      expect(stderr).toContain('a part of the path is a file, not a folder')
      expect(stderr).not.toContain('    at ')
    }
    const asFile = await bench(['run', '--bench', 'ifeval', '--sample', '--model', `replay:${folder.path}`])
    expect(asFile.code).toBe(2)
    expect(asFile.stderr).toContain('Expected a file, got a folder')
  })

  it('takes no option that would do nothing', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    expect((await bench([...small, '--model', 'demo/base', '--out', out])).code).toBe(0)
    const cases: readonly (readonly [args: readonly string[], message: string])[] = [
      [['score', out, '--name', 'other'], 'Expected no --name with a run folder'],
      [['score', out, '--out', `${out}-2`], 'Expected no --out with a run folder'],
      [['score', join(out, 'calls.jsonl'), '--bench', 'ifeval', '--scoring', 'x'], 'Expected no --scoring with a file'],
      [['score', out, '--header', 'a:b'], "unknown option '--header'"],
      [['table', out, '--ledger', '--wide'], 'Expected no --wide with --ledger'],
      [['table', out, '--by', 'type', '--no-intervals'], 'Expected no --no-intervals with --by'],
    ]
    for (const [args, message] of cases) {
      const { code, stderr } = await bench(args)
      expect(code, args.join(' ')).toBe(2)
      expect(stderr).toContain(message)
    }
    const unused = await bench([...small, '--model', 'demo/base', '--extractor', 'demo/judge', '--out', `${out}-3`])
    expect(unused.stderr).toContain('--extractor is given, but none of the benchmarks asks an extractor')
  })

  it('prints no figure where no item got an answer', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(() => (response) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: 'maximum context length exceeded' } }))
    })
    const { code, stdout, stderr } = await bench([...small, '--model', model.url, '--results', folder.path])
    expect(code).toBe(2)
    expect(stderr).toContain('3 failed calls (client), the last one: ')
    expect(stdout).toMatch(/mock-model │\s+–°/)
    expect(stdout).not.toContain('protocols, in points')
  })

  it('ends in peace when the reader of its output has seen enough', async () => {
    const child = startBench(['list', '--verbose'])
    child.stdout!.destroy()
    let stderr = ''
    child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
    })
    expect(await once(child, 'close')).toEqual([0, null])
    expect(stderr).toBe('')
  })

  it('says that an endpoint cannot be reached', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const { code, stderr } = await bench([...small, '--model', 'http://127.0.0.1:9/v1#m', '--out', out])
    expect(code, stderr).toBe(2)
    expect(stderr).toContain('127.0.0.1:9')
    expect(existsSync(out)).toBe(false)
  })

  it('stops at a wrong key and shows it nowhere', async () => {
    using folder = temporaryFolder()
    const key = 'sk-secret-0123456789abcdef'
    await using model = await startMockModel(({ headers }) => (response) => {
      response.statusCode = 401
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ error: { message: `Incorrect API key: ${headers.authorization}` } }))
    })
    const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: model.url }
    const { code, stderr, stdout } = await bench([...small, '--model', 'openai/m', '--results', folder.path], env)
    expect(code, stderr).toBe(2)
    expect(stderr).toMatch(/key/i)
    const written = readdirSync(folder.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    for (const text of [stderr, stdout, ...written]) expect(text).not.toContain('secret-0123456789')
    expect(model.requests.length).toBeLessThan(10)
  })

  it('keeps a key that a server echoes out of every file of a run', async () => {
    using folder = temporaryFolder()
    const key = 'sk-secret-0123456789abcdef'
    await using model = await startMockModel(({ headers, index }) => (response) => {
      if (index % 2 === 0) {
        response.statusCode = 500
        response.end(`upstream said: ${headers.authorization}`)
      } else sendCompletion(response, `You sent ${headers.authorization}`)
    })
    const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: model.url }
    const out = join(folder.path, 'run')
    const args = [...small, '--model', 'openai/m', '--out', out, '--tag', `note=${key}`]
    const { code, stderr, stdout } = await bench(args, env)
    expect([0, 1]).toContain(code)
    expect(existsSync(join(out, 'calls.jsonl'))).toBe(true)
    for (const text of [stderr, stdout, ...Object.values(contents(out))])
      expect(text).not.toContain('secret-0123456789')
  })

  it('says that the server does not know the model', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(() => (response) => {
      response.statusCode = 404
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ error: { message: 'The model `nope` does not exist' } }))
    })
    const { code, stderr } = await bench([...small, '--model', `${model.url}#nope`, '--results', folder.path])
    expect(code, stderr).toBe(2)
    expect(stderr).toContain('nope')
  })

  it('says that a proxy answers in HTML', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(() => (response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<html><body>Please log in to the proxy</body></html>')
    })
    const { code, stderr } = await bench([...small, '--model', model.url, '--results', folder.path])
    expect(code, stderr).toBe(2)
    expect(stderr).toContain('got a web page')
    expect(stderr).not.toContain('    at ')
  })

  it('names file and line of a broken line in the data', async () => {
    using folder = temporaryFolder()
    const good = '{"prompt":"a","response":"b"}'
    const file = join(folder.path, 'responses.jsonl')
    writeFileSync(file, `${good}\n${good.slice(0, 12)}\n${good}\n`)
    const { code, stderr } = await bench(['score', file, '--bench', 'ifeval', '--sample', '--results', folder.path])
    expect(code, stderr).toBe(2)
    expect(stderr).toContain(`${file}:2`)
  })

  it('refuses a run folder of another configuration and names the field', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(() => 'A short answer.')
    const out = join(folder.path, 'run')
    const first = await bench([...small, '--model', model.url, '--out', out])
    expect(first.code, first.stderr).toBe(0)
    const before = contents(out)
    const second = await bench([...small, '--model', model.url, '--out', out, '--temperature', '0.7'])
    expect(second.code).toBe(2)
    expect(second.stderr).toContain('sampling.temperature')
    expect(contents(out)).toEqual(before)
  })

  it('refuses a folder that holds other things', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(() => 'A short answer.')
    writeFileSync(join(folder.path, 'thesis.tex'), 'precious')
    const { code, stderr } = await bench([...small, '--model', model.url, '--out', folder.path])
    expect(code).toBe(2)
    expect(stderr).toContain('other files')
    expect(contents(folder.path)).toEqual({ 'thesis.tex': 'precious' })
  })

  it('lets one of two processes into a folder', async () => {
    using folder = temporaryFolder()
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await using model = await startMockModel(
      () => (response) => void held.then(() => sendCompletion(response, 'A short answer.')),
    )
    const out = join(folder.path, 'run')
    const args = [...small, '--model', model.url, '--out', out]
    const first = startBench(args)
    const ended = once(first, 'close')
    while (!existsSync(join(out, '.lock'))) await new Promise((resolve) => setTimeout(resolve, 20))
    const second = await bench(args)
    answer()
    expect(second.code).toBe(2)
    expect(second.stderr).toContain(`process ${first.pid}`)
    expect(await ended).toEqual([0, null])
  })

  it.skipIf(process.getuid?.() !== 0)('survives a full disk while appending, and resumes', async ({ skip }) => {
    using folder = temporaryFolder()
    const mount = join(folder.path, 'disk')
    mkdirSync(mount)
    const mounted = spawn('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', mount])
    if ((await once(mounted, 'exit'))[0] !== 0) skip('this machine lets nobody mount a small disk')
    try {
      await using model = await startMockModel(() => 'word '.repeat(4000))
      const out = join(mount, 'run')
      const args = [...small, '--limit', '40', '--model', model.url, '--out', out]
      const full = await bench(args)
      expect(full.code, full.stderr).toBe(2)
      expect(full.stderr).toMatch(/Could not (append|write)|no space/i)
      const roomy = join(folder.path, 'roomy')
      cpSync(out, roomy, { recursive: true })
      const asked = model.requests.length
      const resumed = await bench([...small, '--limit', '40', '--model', model.url, '--out', roomy])
      expect(resumed.code, resumed.stderr).toBe(0)
      expect(model.requests.length - asked).toBeLessThan(40)
    } finally {
      await once(spawn('umount', [mount]), 'exit')
    }
  })

  it('counts replies with null content and connections that close mid-reply as failures, not as answers', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(({ body }) => (response) => {
      if (body.messages[0]!.content.length % 2 === 0) sendCompletion(response, null)
      else {
        response.setHeader('content-type', 'application/json')
        response.setHeader('content-length', '500')
        response.write('{"id":"x","choices":[')
        response.destroy()
      }
    })
    const out = join(folder.path, 'run')
    const { code, stdout, stderr } = await bench([
      ...small,
      '--limit',
      '6',
      '--model',
      model.url,
      '--out',
      out,
      '--json',
    ])
    expect(code, stderr).toBe(2)
    expect(stderr).toContain('no answer to any item')
    const [entry] = JSON.parse(stdout).benchmarks
    expect(entry.responses.ok ?? 0).toBe(0)
    expect(Object.values(entry.responses as Record<string, number>).reduce((a, b) => a + b, 0)).toBe(6)
  }, 120_000)

  it('refuses options that are no numbers, naming option and value', async () => {
    const { code, stderr } = await bench(['run', '--bench', 'ifeval', '--samples', 'many'])
    expect(code).toBe(2)
    expect(stderr).toContain('--samples')
    expect(stderr).toContain('many')
  })
})
