import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sha256 } from '../../src/core/hash.ts'
import { dataLock, lockedDataset, lockedFile } from '../../src/data/data-lock.ts'
import { bench, startBench, temporaryFolder } from './_bench.ts'

const shared = join(import.meta.dirname, '../../../shared/data')
const lockedHash = lockedFile(lockedDataset(dataLock(), 'ifeval'), 'input_data.jsonl').sha256!

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

async function mirror(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('bench data', () => {
  it('explains every subcommand with examples', async () => {
    for (const words of [['data'], ['data', 'list'], ['data', 'pull'], ['data', 'verify'], ['data', 'sample']]) {
      const { code, stdout } = await bench([...words, '--help'])
      expect(code, words.join(' ')).toBe(0)
      expect(stdout).toContain(`Examples:\n  bench ${words.join(' ')}`)
    }
  })

  it('lists all data sets where nothing is installed', async () => {
    using folder = temporaryFolder()
    const { code, stdout, stderr } = await bench(['data', 'list', '--data-dir', folder.path])
    expect(code).toBe(0)
    expect(stderr).toBe('')
    for (const id of dataLock().datasets.keys()) expect(stdout).toMatch(new RegExp(`│ ${id} +│ missing`))
  })

  it('prints JSON and nothing else with --json', async () => {
    using folder = temporaryFolder()
    const env = { BENCH_DATA_DIR: folder.path }
    const list = JSON.parse((await bench(['data', 'list', 'cfbench', '--json'], env)).stdout)
    expect(list.dataDirectory).toBe(folder.path)
    expect(list.datasets.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      ['cfbench', 'missing'],
      ['cfbench-upstream', 'missing'],
    ])
    const pulled = await bench(['data', 'pull', 'cfbench', '--offline', '--json'], env)
    expect(pulled.code).toBe(1)
    expect(JSON.parse(pulled.stdout).files).toMatchObject([{ outcome: 'missing' }, { outcome: 'missing' }])
    const verified = await bench(['data', 'verify', 'cfbench', '--json'], env)
    expect(verified.code).toBe(1)
    expect(JSON.parse(verified.stdout).datasets).toHaveLength(2)
  })

  it('ends with 2 and a near name for an unknown name', async () => {
    for (const command of ['list', 'pull', 'verify']) {
      const { code, stdout, stderr } = await bench(['data', command, 'folowbench'])
      expect(code).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).toContain('Did you mean `followbench`?')
      expect(stderr).not.toContain('    at ')
    }
    expect((await bench(['data', 'pull', '--form', 'x'])).code).toBe(2)
    expect((await bench(['data', 'sample', 'mmlu'])).code).toBe(2)
  })

  it('ends with 1 and names what a folder does not hold', async () => {
    using folder = temporaryFolder()
    const { code, stdout } = await bench(['data', 'pull', 'agentif', '--from', folder.path, '--data-dir', folder.path])
    expect(code).toBe(1)
    expect(stdout).toContain(`missing: agentif/eval.json: not found in ${folder.path}`)
  })

  it('ends with 2 and names both hashes, file and place when the content is another', async () => {
    using folder = temporaryFolder()
    const source = join(folder.path, 'downloads/ifeval/input_data.jsonl')
    write(source, '{"key": 1}\n')
    const from = join(folder.path, 'downloads')
    const dataDir = join(folder.path, 'data')
    const pulled = await bench(['data', 'pull', 'ifeval', '--from', from, '--data-dir', dataDir])
    expect(pulled.code).toBe(2)
    for (const part of [lockedHash, sha256('{"key": 1}\n'), source]) expect(pulled.stdout).toContain(part)
    expect(existsSync(join(dataDir, 'ifeval'))).toBe(false)
    const reached = await mirror((_request, response) => response.end('{"key": 1}\n'))
    const mirrored = await bench(['data', 'pull', 'ifeval', '--from', reached, '--data-dir', dataDir])
    expect(mirrored.code).toBe(2)
    expect(mirrored.stdout).toContain(`${reached}/ifeval/input_data.jsonl`)
  })

  it('finds wrong and missing files again with verify', async () => {
    using folder = temporaryFolder()
    const empty = await bench(['data', 'verify', '--data-dir', folder.path])
    expect(empty).toMatchObject({ code: 1, stdout: expect.stringContaining('Nothing is installed') })
    write(join(folder.path, 'punkt/english.json'), '{}')
    const wrong = await bench(['data', 'verify', '--data-dir', folder.path])
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain(`found ${sha256('{}')}`)
  })

  it('shows on stderr how far it is, in plain lines where that is no terminal', async () => {
    using folder = temporaryFolder()
    const slow = await mirror((_request, response) => {
      setTimeout(() => response.writeHead(404).end(), 1300)
    })
    const { stdout, stderr } = await bench(['data', 'pull', 'agentif', '--from', slow, '--data-dir', folder.path])
    expect(stderr).toMatch(/^pull: 0\/1 files, 0 B/m)
    expect(stdout).not.toContain('pull:')
    expect(stdout).toContain('failed: agentif/eval.json')
  })

  it('stops on an interrupt with 3, leaving what can be continued', async () => {
    using folder = temporaryFolder()
    let asked = () => {}
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const stuck = await mirror((_request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('{"a": ', () => setTimeout(asked, 300))
    })
    const child = startBench(['data', 'pull', 'punkt', '--from', stuck, '--data-dir', folder.path])
    const code = new Promise((resolve) => child.once('exit', resolve))
    await wasAsked
    child.kill('SIGINT')
    expect(await code).toBe(3)
    expect(existsSync(join(folder.path, 'punkt/english.json'))).toBe(false)
    expect(readFileSync(join(folder.path, 'punkt/english.json.part'), 'utf8')).toBe('{"a": ')
  })

  it('tells assets that a benchmark cannot do without from those that only change its label', async () => {
    const stateOf = async (benchmark: string) => {
      const { stdout } = await bench(['doctor', '--bench', benchmark, '--json'])
      const { findings } = JSON.parse(stdout) as { findings: { what: string; state: string }[] }
      return findings.find(({ what }) => what === 'data punkt')?.state
    }
    expect(await stateOf('ifeval')).toBe('note')
    expect(await stateOf('collie')).toBe('missing')
  })

  it.skipIf(!existsSync(shared))(
    'runs an edition whose files are there, though its data set is not whole',
    async () => {
      using folder = temporaryFolder()
      const env = { BENCH_DATA_DIR: join(folder.path, 'data') }
      expect((await bench(['data', 'pull', 'writingbench-v2', '--from', shared], env)).code).toBe(1)
      const examined = async (edition: string) => {
        const { code, stdout } = await bench(['doctor', '--bench', `writingbench:${edition}`, '--json'], env)
        const { findings } = JSON.parse(stdout) as { findings: { what: string; state: string }[] }
        return [code, findings.find(({ what }) => what === 'data writingbench-v2')?.state]
      }
      expect(await examined('v2-length')).toEqual([0, 'ok'])
      expect(await examined('v2')).toEqual([1, 'missing'])
      const responses = join(folder.path, 'responses.jsonl')
      writeFileSync(responses, `${JSON.stringify({ id: '16', response: 'x' })}\n`)
      const run = ['run', '--model', `replay:${responses}`, '--out', join(folder.path, 'run'), '--json', '--quiet']
      const { code, stdout, stderr } = await bench([...run, '--bench', 'writingbench:v2-length'], env)
      expect(JSON.parse(stdout).benchmarks?.[0] ?? JSON.parse(stdout), stderr).toMatchObject({ edition: 'v2-length' })
      expect(code).toBe(1)
      const whole = await bench([...run, '--bench', 'writingbench'], env)
      expect(whole.code).toBe(2)
      expect(whole.stderr).toContain('`--bench writingbench:v2-length`')
    },
  )

  it.skipIf(!existsSync(shared))('pulls and verifies a benchmark out of ../shared/data', async () => {
    using folder = temporaryFolder()
    const env = { BENCH_DATA_DIR: folder.path }
    const pulled = await bench(['data', 'pull', 'ifeval', '--from', shared], env)
    expect(pulled.code).toBe(0)
    expect(pulled.stdout).toMatch(/│ langdetect +│ 56 +│ 56 +│/)
    expect(await bench(['data', 'verify'], env)).toMatchObject({ code: 0 })
    expect((await bench(['data', 'pull', 'ifeval', '--offline'], env)).code).toBe(0)
    const file = join(folder.path, 'ifeval/input_data.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"key": 1000', '"key": 1001'))
    expect(await bench(['data', 'verify'], env)).toMatchObject({ code: 2, stdout: expect.stringContaining(lockedHash) })
    rmSync(file)
    const missing = await bench(['data', 'verify', 'ifeval'], env)
    expect(missing).toMatchObject({ code: 1, stdout: expect.stringContaining('missing: ifeval/input_data.jsonl') })
    expect((await bench(['data', 'pull', 'ifeval', '--from', shared], env)).code).toBe(0)
  })
})
