import { describe, expect, it } from 'vitest'
import type { CallRequest, Reply } from '../../../src/core/call.ts'
import { constraintTypes } from '../../../src/runners/pseudo-label/constraint-types.ts'
import { generatorPrompt, generatorPromptHash } from '../../../src/runners/pseudo-label/generator-prompts.ts'
import { levelPrompt } from '../../../src/runners/pseudo-label/levels.ts'
import { prepareSeed } from '../../../src/runners/pseudo-label/prepare-seed.ts'
import { readGenerated } from '../../../src/runners/pseudo-label/read-generated.ts'

const five = (over: Record<string, unknown> = {}) =>
  JSON.stringify({
    c1: { type: 'element', text: ' Name a river. ' },
    c2: 'Be brief.',
    c3: { text: 'Rhyme.' },
    c4: { type: 'rule', text: 'If it rains, say so.' },
    c5: 'End with a question.',
    ...over,
  })

describe("a generator's reply", () => {
  it('gives five constraints, with or without types, fence and talk', () => {
    const talk = `Sure, {here} it is {as asked}:\n${five()}\nI hope {that} helps. }`
    for (const reply of [five(), `Here you are:\n\`\`\`json\n${five()}\n\`\`\`\nGood luck!`, talk]) {
      const generated = readGenerated(reply, 'extend', 'Do it.', 5)
      if (generated.kind !== 'read') throw new Error(JSON.stringify(generated))
      expect(generated.base).toBe('Do it.')
      expect(generated.constraints).toHaveLength(5)
      expect(generated.constraints[0]).toEqual({ text: 'Name a river.', type: 'element' })
      expect(generated.constraints[1]).toEqual({ text: 'Be brief.' })
    }
  })

  it.each([
    ['no object', 'I cannot do that.', 'no JSON object'],
    ['broken JSON', '{"c1": ', 'no JSON object'],
    ['a missing one', five({ c5: undefined }), 'c5 is missing'],
    ['an empty one', five({ c3: { text: '  ' } }), 'c3 is missing'],
    ['the same one twice', five({ c3: 'be  brief!' }), 'constraint 3 repeats'],
    ['numbers', five({ c3: 3 }), 'c3 is missing'],
    ['many braces', '{'.repeat(100_000), 'no JSON object'],
  ])('with %s is not used, and says why', (_name, reply, reason) => {
    expect(readGenerated(reply, 'extend', 'Do it.', 5)).toEqual({
      kind: 'unreadable',
      reason: expect.stringContaining(reason),
    })
  })

  it('may hold braces in its texts', () => {
    const reply = five({ c1: 'Write {x} and "}{" once.' })
    expect(readGenerated(`{y} ${reply}`, 'extend', 'Do it.', 5)).toMatchObject({
      kind: 'read',
      constraints: [{ text: 'Write {x} and "}{" once.' }, {}, {}, {}, {}],
    })
  })

  it('that splits an instruction gives the bare task and as many constraints as there are', () => {
    const reply = JSON.stringify({ task: 'Write a poem.', constraints: [{ type: 'element', text: 'Name a river.' }] })
    expect(readGenerated(reply, 'split', 'Write a poem that names a river.', 5)).toEqual({
      kind: 'read',
      base: 'Write a poem.',
      constraints: [{ text: 'Name a river.', type: 'element' }],
    })
    expect(readGenerated('{"task": "", "constraints": ["x"]}', 'split', 'i', 5)).toMatchObject({ kind: 'unreadable' })
    expect(readGenerated('{"task": "x", "constraints": []}', 'split', 'i', 5)).toEqual({ kind: 'none' })
  })
})

describe("the generator's prompt", () => {
  it('names all 25 kinds and puts the instruction in unread', () => {
    const prompt = generatorPrompt('extend', 'Use {count} and $&.', 5)
    expect(Object.keys(constraintTypes)).toHaveLength(25)
    for (const name of Object.keys(constraintTypes)) expect(prompt).toContain(`- ${name}: `)
    expect(prompt.endsWith('Instruction:\nUse {count} and $&.')).toBe(true)
    expect(generatorPromptHash('extend')).not.toBe(generatorPromptHash('split'))
  })
})

describe('a seed without constraints', () => {
  const reply = (text: string | null): Reply => ({
    key: `key ${text}`,
    status: text === null ? 'provider-error' : 'ok',
    text,
    reasoning: null,
    finishReason: null,
    returnedModel: null,
    usage: null,
  })
  const prepare = async (replies: readonly (string | null)[]) => {
    const asked: CallRequest[] = []
    const call = async (request: CallRequest) => reply(replies[asked.push(request) - 1] ?? null)
    const prepared = await prepareSeed({ id: 's', instruction: 'Do it.' }, 'extend', 5, {}, call)
    return { prepared, asked }
  }

  it('asks again in further rounds until a reply can be read', async () => {
    const { prepared, asked } = await prepare(['nonsense', five()])
    expect(asked.map(({ role, attempt, purpose }) => [role, attempt, purpose])).toEqual([
      ['generator', 0, 'extend'],
      ['generator', 1, 'extend'],
    ])
    expect(prepared).toMatchObject({ kind: 'ready', origin: 'extend', call: `key ${five()}` })
  })

  it('is given up after three rounds, and at once when the call fails', async () => {
    const unread = await prepare(['a', 'b', 'c'])
    expect(unread.prepared).toMatchObject({ kind: 'failed', reason: expect.stringContaining('no reply of 3') })
    expect((await prepare([null])).asked).toHaveLength(1)
  })
})

describe('a level', () => {
  it('is the task with the first constraints, one a line', () => {
    const constraints = [{ text: 'One.' }, { text: 'Two.' }, { text: 'Three.' }]
    expect(levelPrompt('Task.', constraints, 0)).toBe('Task.')
    expect(levelPrompt('Task.', constraints, 2)).toBe('Task.\n\nOne.\nTwo.')
  })
})
