import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { startMockModel } from './_mock-model.ts'

/** What the log of a run says of its only response. */
function loggedReply(folder: string): { status: string; text: string | null; reasoning: string | null } {
  const [first] = readFileSync(join(folder, 'calls.jsonl'), 'utf8').split('\n')
  const { status, text, reasoning } = JSON.parse(first!)
  return { status, text, reasoning }
}

const one = ['run', '--bench', 'ifeval', '--sample', '--limit', '1', '--quiet']

describe('bench run --thinking', () => {
  it.each([
    ['auto', 'I weigh it', { status: 'ok', text: 'I weigh it', reasoning: null }],
    ['prefilled', 'I weigh it', { status: 'unclosed-thinking', text: null, reasoning: 'I weigh it' }],
    ['auto', '<think>I weigh it</think>Yes', { status: 'ok', text: 'Yes', reasoning: 'I weigh it' }],
    ['keep', '<think>I weigh it</think>Yes', { status: 'ok', text: '<think>I weigh it</think>Yes', reasoning: null }],
  ])('%s reads %j as asked', async (mode, reply, expected) => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    await using model = await startMockModel(() => reply)
    const { code, stderr } = await bench([...one, '--model', model.url, '--out', out, '--thinking', mode])
    expect(code, stderr).toBe(mode === 'prefilled' ? 2 : 0)
    expect(loggedReply(out)).toEqual(expected)
  })

  it('is part of what a run is: another mode cannot resume the folder', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    await using model = await startMockModel(() => 'Yes')
    const command = [...one, '--model', model.url, '--out', out]
    expect((await bench(command)).code).toBe(0)
    const { code, stderr } = await bench([...command, '--thinking', 'keep'])
    expect(code).toBe(2)
    expect(stderr).toContain('model:')
    expect(model.requests).toHaveLength(1)
  })

  it('reads responses made elsewhere in the same way', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'responses.jsonl')
    writeFileSync(file, `${JSON.stringify({ id: 9001, response: 'I weigh it' })}\n`)
    const command = ['score', file, '--bench', 'ifeval', '--sample', '--answered', '--json', '--results', folder.path]
    const responses = async (mode: string) =>
      JSON.parse((await bench([...command, '--thinking', mode])).stdout).benchmarks[0].responses
    expect(await responses('keep')).toEqual({ ok: 1 })
    expect(await responses('prefilled')).toEqual({ 'unclosed-thinking': 1 })
  })

  it('is refused for the responses of a run, which were read when they came', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    await bench([...one, '--model', 'demo/base', '--out', out])
    const { code, stderr } = await bench(['score', out, '--thinking', 'keep', '--limit', '2'])
    expect(code).toBe(2)
    expect(stderr).toContain('--thinking, --limit')
  })
})
