import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { goodReply, promptOf } from './_mock-judge.ts'
import { type MockRequest, startMockModel } from './_mock-model.ts'

const settings = ({ body }: MockRequest) => {
  const { messages: _messages, model: _model, ...rest } = body as unknown as Record<string, unknown>
  return rest
}

describe('settings that a model refuses', () => {
  it('are taken out by name, of the model under test and of judge and extractor apart', async () => {
    await using model = await startMockModel(() => '一个回答。')
    await using judge = await startMockModel((request) => goodReply(promptOf(request), 1))
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const run = ['run', '--sample', '--limit', '1', '--model', model.url, '--judge', judge.url, '--quiet', '--out', out]
    const taken = ['--extra-body', '{"top_p":null}', '--judge-extra-body', '{"temperature":null,"reasoning":"low"}']
    const benches = ['--bench', 'writingbench,complexbench']
    const { code, stdout, stderr } = await bench([...run, ...benches, ...taken])
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('request fields {"top_p":null}')
    expect(model.requests.map(settings)).toContainEqual({ temperature: 0.7, max_tokens: 16_000 })
    const asked = judge.requests.map(settings)
    expect(asked).toContainEqual({ top_p: 0.95, max_tokens: 2048, reasoning: 'low' })
    expect(asked).toContainEqual({ reasoning: 'low' })
    expect(asked.every((body) => !('temperature' in body))).toBe(true)
    const others = await bench([...run, ...benches, ...taken.slice(0, 2)])
    expect(others.code).toBe(2)
    expect(others.stderr).toContain('scoring.judge')
  }, 60_000)
})
