import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rewardForms } from '../../../../src/checkers/reward-model/server/reward-form.ts'
import { startRewardServer } from './_reward-server.ts'

const file = fileURLToPath(new URL('../../../../../shared/golden/composite-reward/vectors.jsonl', import.meta.url))

interface Vector {
  readonly id: string
  readonly input: { readonly response: string; readonly rm_values: number[] } & Record<string, unknown>
  readonly expected: {
    readonly train_reward?: number
    readonly train_error?: string
    readonly rm_calls: { readonly answer: string; readonly question: string }[]
  }
}

describe.skipIf(!existsSync(file))('the published reward over HTTP (needs ../shared/golden)', () => {
  it('equals the official code on every golden vector', async () => {
    const vectors = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Vector)
    let values: number[] = []
    const asked: { answer: string; question: string }[] = []
    const { post } = await startRewardServer(
      {
        id: 'golden',
        threshold: 0.5,
        score: async (pairs) =>
          pairs.map(({ id, response, constraint }) => {
            const p = values[asked.push({ answer: response, question: constraint }) - 1]!
            return { id, p, truncated: false }
          }),
      },
      { form: rewardForms.code },
    )
    for (const { id, input, expected } of vectors) {
      values = input.rm_values
      asked.length = 0
      const { rm_values: _values, ...item } = input
      const { json } = await post('/v1/reward/batch', { items: [{ id, ...item }] })
      const [reply] = (json as { items: { reward: number | null }[] }).items
      if (expected.train_error === undefined) expect(reply!.reward, id).toBeCloseTo(expected.train_reward!, 9)
      else expect(reply!.reward, id).toBeNull()
      expect(asked, id).toEqual(expected.rm_calls)
    }
    expect(vectors.length).toBeGreaterThan(40)
  })
})
