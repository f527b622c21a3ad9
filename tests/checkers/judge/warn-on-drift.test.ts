import { describe, expect, it } from 'vitest'
import { isSameModel, warnOnDrift } from '../../../src/checkers/judge/warn-on-drift.ts'

describe('warnOnDrift', () => {
  it('warns once per role and returned model', () => {
    const warnings: string[] = []
    const context = { warn: (message: string) => warnings.push(message) }
    for (const returned of ['judge-b', 'judge-b', 'judge-c', null, 'judge-a']) {
      warnOnDrift(context, 'judge', 'openai/judge-a', returned)
    }
    warnOnDrift(context, 'extractor', 'openai/judge-a', 'judge-b')
    expect(warnings.map((text) => /answered as (\S+):/.exec(text)?.[1])).toEqual(['judge-b', 'judge-c', 'judge-b'])
  })

  it.each([
    ['openai/gpt-4o', 'gpt-4o', true],
    ['http://127.0.0.1:8000/v1#org/judge-7b', 'org/judge-7b', true],
    ['http://127.0.0.1:8000/v1#judge-7b', 'org/judge-7b', true],
    ['openai/GPT-4o@2024', 'gpt-4o', true],
    ['openai/gpt-4o', 'gpt-4o-2024-08-06', false],
    ['http://127.0.0.1:8000/v1', 'whatever', true],
    ['http://127.0.0.1:8000/v1#judge-7b', 'judge-8b', false],
    ['openai https://api.openai.com/v1 gpt-4o rev=3 options=0123456789ab', 'gpt-4o', true],
    ['openai https://api.openai.com/v1 gpt-4o', 'gpt-4o-2024-08-06', false],
    ['demo judge', 'demo/judge', true],
    ['openai/my-gpt-4o', 'gpt-4o', false],
  ])('%s and %s: same model is %s', (asked, returned, same) => {
    expect(isSameModel(asked, returned)).toBe(same)
  })
})
