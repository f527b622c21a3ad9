import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { answerText } from '../../../src/benchmarks/agentif/answer-text.ts'
import { loadAgentIf } from '../../../src/benchmarks/agentif/load.ts'

const folder = mkdtempSync(join(tmpdir(), 'agentif-load-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function load(content: unknown) {
  const file = join(folder, 'eval.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  const items = []
  for await (const item of loadAgentIf({ edition: 'v1', isSample: false, path: () => file, optionalPath: () => file }))
    items.push(item)
  return items
}

const step = { type: 'code', exec: 'def check_following(r): return True' }
const constraint = {
  id: 0,
  desc: 'x',
  dimension: 'unconditional',
  type: 'resource',
  evaluation: [step],
  other_info: {},
}
const input = [{ role: 'user', content: 'Do it.' }]

describe('loading AgentIF', () => {
  it('reads the older layout, composing the id, and the newer one', async () => {
    const items = await load([
      { domain: 'cook', query_id: 3, turn_id: 0, prompt_type: 'Code_prompt', input, constraints: [constraint] },
      { id: 'agentif:cook:3:1:plain', input, constraints: [constraint], output: null },
    ])
    expect(items.map(({ id }) => id)).toEqual(['cook:3:0:Code_prompt', 'agentif:cook:3:1:plain'])
    expect(items[0]!.constraints[0]!.tags).toEqual({ dimension: 'vanilla', type: ['tool'], meta: 'plain' })
  })

  it('keeps items with one id apart', async () => {
    const one = { domain: 'cook', query_id: 3, input, constraints: [constraint] }
    expect((await load([one, one])).map(({ id }) => id)).toEqual(['cook:3', 'cook:3#2'])
  })

  it('leaves a shipped answer and shipped scores out, and tolerates unknown keys and step types', async () => {
    const scored = {
      ...constraint,
      score: false,
      llm_output: 'NO',
      novelty: 1,
      evaluation: [{ ...step, required_keys: [] }, { type: 'human' }],
    }
    const [item] = await load([{ id: 'a', input, constraints: [scored], output: 'an old answer', more: [] }])
    expect(JSON.stringify(item)).not.toMatch(/an old answer|"NO"|"score"/)
    expect(item!.data.constraints[0]).not.toHaveProperty('preset')
  })

  it.each([
    ['another role', { input: [{ role: 'developer', content: 'x' }, ...input] }],
    ['a last message of the assistant', { input: [...input, { role: 'assistant', content: 'x' }] }],
    ['an empty last message', { input: [{ role: 'user', content: '' }] }],
    ['an unknown dimension', { constraints: [{ ...constraint, dimension: 'weird' }] }],
    ['an unknown type in a list', { constraints: [{ ...constraint, type: ['weird'] }] }],
  ])('refuses %s, naming file and position', async (_name, change) => {
    await expect(load([{ id: 'a', input, constraints: [constraint], ...change }])).rejects.toThrow(
      /eval\.json.*position 0/,
    )
  })

  it('names the file when it is no JSON array', async () => {
    await expect(load('{"a": 1}')).rejects.toThrow(/eval\.json.*array/)
    await expect(load('[')).rejects.toThrow(/eval\.json.*array/)
  })
})

describe('the answer that is scored', () => {
  it('is the second piece at the closing think tag, trimmed as Python trims', () => {
    expect(answerText({ text: '<think>a</think> b </think> c', reasoning: null })).toBe('b')
    expect(answerText({ text: '\u001c\u0085a\ufeff', reasoning: null })).toBe('a\ufeff')
  })

  it('is none for a failed call and for an empty text, and empty for white space or thinking alone', () => {
    expect(answerText({ text: null, reasoning: null })).toBeNull()
    expect(answerText({ text: '', reasoning: null })).toBeNull()
    expect(answerText({ text: ' ', reasoning: null })).toBe('')
    expect(answerText({ text: '', reasoning: 'thoughts' })).toBe('')
  })
})
