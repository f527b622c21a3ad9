import { describe, expect, it } from 'vitest'
import {
  compositeReward,
  type RewardChecks,
  type RewardInput,
  validationScore,
} from '../../../src/checkers/reward-model/composite-reward.ts'

const thought = '<think>first this, then that</think>\n\n'

function checks(probabilities: readonly number[] = []) {
  const asked: (readonly [string, string])[] = []
  const all: RewardChecks = {
    hard: (id, text, { word }) => (id === 'has-word' ? text.includes(String(word)) : id === 'always' ? true : null),
    soft: async (text, constraint) => probabilities[asked.push([text, constraint]) - 1]!,
  }
  return { ...all, asked }
}

function input(response: string, ids: readonly string[], constraints: RewardInput['constraints']): RewardInput {
  return { response, instructionIds: ids, kwargs: ids.map(() => ({ word: 'lamp' })), constraints }
}

describe('the composite reward', () => {
  it('adds rules and probabilities on a scale of five', async () => {
    const stub = checks([0.25])
    const found = await compositeReward(
      input(`${thought}A lamp.`, ['has-word', 'soft', 'always', 'has-word'], ['w', 'Be kind.', 'x', 'w']),
      stub,
    )
    expect(found.reward).toBeCloseTo((3.25 * 5) / 4, 12)
    expect(found.terms.map(({ kind, value }) => [kind, value])).toEqual([
      ['hard', 1],
      ['soft', 0.25],
      ['hard', 1],
      ['hard', 1],
    ])
    expect(stub.asked).toEqual([['A lamp.', 'Be kind.']])
  })

  it('scores nothing unless two line feeds follow the think block', async () => {
    for (const response of [
      'A lamp.',
      '<think>x</think>\nA lamp.',
      '<think>x</think>\r\n\r\nA lamp.',
      '</think> \n\nA',
    ]) {
      const stub = checks([1])
      expect(await compositeReward(input(response, ['soft', 'nobody'], ['c', 'c']), stub)).toEqual({
        reward: 0,
        passedGate: false,
        terms: [],
      })
      expect(stub.asked).toEqual([])
    }
  })

  it('cuts at the first gate, so that a later one stays in the text', async () => {
    const stub = checks([1])
    await compositeReward(input('</think>\n\na</think>\n\nb', ['soft'], ['c']), stub)
    expect(stub.asked[0]?.[0]).toBe('a</think>\n\nb')
  })

  it('asks the classifier about an empty answer, but lets no rule pass it', async () => {
    const stub = checks([0.4])
    const found = await compositeReward(
      input(`${thought} \u3000\n`, ['always', 'situation:role_play'], ['a', 'b']),
      stub,
    )
    expect(found.reward).toBeCloseTo(1, 12)
    expect(stub.asked).toHaveLength(1)
  })

  it('is diluted by constraints without an id', async () => {
    expect((await compositeReward(input(`${thought}x`, ['always'], ['a', 'b']), checks())).reward).toBe(2.5)
  })

  it('refuses an id that no rule has, and an item without constraints', async () => {
    await expect(compositeReward(input(`${thought}x`, ['nobody'], ['a']), checks())).rejects.toThrow(
      'Expected the id of a rule or a soft id, got nobody',
    )
    await expect(compositeReward(input(`${thought}x`, [], []), checks())).rejects.toThrow('at least one constraint')
  })
})

describe('maths and choices', () => {
  const reward = async (answer: string, id: string, constraint: string | readonly string[]) =>
    (await compositeReward(input(`${thought}${answer}`, [id], [constraint]), checks())).reward

  it('compare the last balanced box without backslashes', async () => {
    expect(await reward('\\boxed{7} so \\boxed{\\frac{1}{2}}', 'light', ['\\frac{1}{2}'])).toBe(5)
    expect(await reward('\\boxed{42} then \\boxed{7', 'light', ['42'])).toBe(5)
    expect(await reward('boxed{42}', 'light', ['42'])).toBe(5)
    expect(await reward('\\boxed{ 42 }', 'light', ['42'])).toBe(0)
    expect(await reward('42', 'light', ['42'])).toBe(0)
    expect(await reward('\\boxed{self-contradiction}', 'light', ['self_contradiction'])).toBe(5)
  })

  it('compare a plain string by its first character only', async () => {
    expect(await reward('\\boxed{42}', 'light', '42')).toBe(0)
    expect(await reward('\\boxed{4}', 'light', '42')).toBe(5)
    expect(await reward('\\boxed{𝒳}', 'light', '𝒳1')).toBe(5)
  })

  it('read the choice from the last marked box, trimmed, else from any box, untrimmed', async () => {
    expect(await reward('\\boxed{A} or \\boxed{ B }', 'light_choice', 'B')).toBe(5)
    expect(await reward('boxed{B}', 'light_choice', 'B')).toBe(5)
    expect(await reward('boxed{ B }', 'light_choice', 'B')).toBe(0)
    expect(await reward('boxed{A} boxed{B}', 'light_choice', 'B')).toBe(5)
    expect(await reward('boxed{{B}}', 'light_choice', 'B')).toBe(0)
    expect(await reward('\\boxed{b}', 'light_choice', 'B')).toBe(0)
    expect(await reward('B', 'light_choice', 'B')).toBe(0)
  })

  it('take a megabyte of open boxes in stride', async () => {
    const started = process.cpuUsage().user
    for (const text of ['boxed{', '\\boxed{', 'boxed{\n', 'boxed{}', '{', '}'].map((part) => part.repeat(150_000))) {
      await reward(text, 'light', ['1'])
      await reward(text, 'light_choice', '1')
    }
    expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(6)
  })
})

describe('the validation score', () => {
  it('counts what was followed', () => {
    expect(validationScore(input(`${thought}no such`, ['has-word', 'always'], ['a', 'b']), checks())).toEqual({
      allFollowed: false,
      followed: 1,
      total: 2,
      fraction: 0.5,
    })
    expect(validationScore(input(`${thought}lamp`, ['has-word'], ['a', 'b']), checks()).allFollowed).toBe(true)
  })

  it('counts the keys of the record where the gate fails', () => {
    expect(validationScore(input('lamp', ['has-word'], ['a']), checks())).toMatchObject({ followed: 0, total: 4 })
  })
})
