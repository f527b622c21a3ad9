import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/core/errors.ts'
import { parseModelSpec, specExamples } from '../../src/models/model-spec.ts'

function errorOf(spec: string): UsageError {
  try {
    parseModelSpec(spec)
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error(`Expected an error for ${spec}`)
}

describe('parseModelSpec', () => {
  it.each([
    ['openai/gpt-4o-mini', { kind: 'openai', model: 'gpt-4o-mini' }],
    ['openai/ft:gpt-4o:org::id', { kind: 'openai', model: 'ft:gpt-4o:org::id' }],
    ['anthropic/claude-x', { kind: 'anthropic', model: 'claude-x' }],
    ['demo/tuned', { kind: 'demo', name: 'tuned' }],
    ['replay:out/my file.jsonl', { kind: 'replay', file: 'out/my file.jsonl' }],
    ['replay:C:\\data\\a.json', { kind: 'replay', file: 'C:\\data\\a.json' }],
    ['http://localhost:8000/v1', { kind: 'http', model: null }],
    ['https://host/v1#org/model', { kind: 'http', model: 'org/model' }],
  ])('reads %s', (spec, expected) => {
    expect(parseModelSpec(spec)).toMatchObject(expected)
  })

  it.each([
    ['http://localhost:8000', 'http://localhost:8000/v1'],
    ['http://localhost:8000/', 'http://localhost:8000/v1'],
    ['http://localhost:8000/v1/', 'http://localhost:8000/v1'],
    ['https://gw.example/a/b/chat/completions', 'https://gw.example/a/b'],
    ['https://me:pw@gw.example/v1', 'https://gw.example/v1'],
  ])('takes %s for the base URL %s', (spec, address) => {
    expect(parseModelSpec(spec)).toMatchObject({ base: { address } })
  })

  it('accepts every example that it gives', () => {
    for (const example of specExamples) expect(() => parseModelSpec(example)).not.toThrow()
  })

  it.each([
    ['opneai/gpt-4o', 'Did you mean openai/gpt-4o?'],
    ['antropic/claude-x', 'Did you mean anthropic/claude-x?'],
    ['replay/a.jsonl', 'Did you mean replay:a.jsonl?'],
    ['a.jsonl', 'Did you mean replay:a.jsonl?'],
    ['gpt-4o', 'Did you mean openai/gpt-4o?'],
    ['o3-mini', 'Did you mean openai/o3-mini?'],
    ['claude-x', 'Did you mean anthropic/claude-x?'],
    ['localhost:8000/v1', 'Did you mean http://localhost:8000/v1?'],
    ['mistral/large', 'https://host/v1#model'],
    ['demo/tunned', 'Did you mean demo/tuned?'],
    ['', 'Model specs look like: openai/gpt-4o-mini'],
  ])('says what was probably meant by %j', (spec, hint) => {
    expect(errorOf(spec)).toMatchObject({ exitCode: 2, hint: expect.stringContaining(hint) })
  })

  it.each(['openai/', 'replay:', 'http://', 'http://host/v1#', 'https://host/v1?api-key=secret99'])(
    'refuses the incomplete spec %s',
    (spec) => {
      const error = errorOf(spec)
      expect(error.exitCode).toBe(2)
      expect(`${error.message} ${error.hint}`).not.toContain('secret99')
    },
  )
})
