import { describe, expect, it } from 'vitest'
import { costOf, costOfUsage, loadPrices } from '../../../src/models/price/price-table.ts'
import { temporaryFile } from '../_folder.ts'

const openai = (model: string, address = 'https://api.openai.com/v1') =>
  ({ kind: 'openai', id: `openai ${address} ${model}`, model }) as const

describe('prices', () => {
  it('finds a model, and its dated snapshots', async () => {
    const prices = await loadPrices()
    expect(prices.of(openai('gpt-4o-mini'))).toEqual({ input: 0.15, output: 0.6 })
    expect(prices.of(openai('gpt-4o-mini-2024-07-18'))).toEqual({ input: 0.15, output: 0.6 })
    expect(prices.of(openai('gpt-4o-2024-05-13'))).toEqual({ input: 5, output: 15 })
    const claude = { kind: 'anthropic', id: 'anthropic https://api.anthropic.com claude-opus-4-5-20251101' } as const
    expect(prices.of({ ...claude, model: 'claude-opus-4-5-20251101' })).toEqual({ input: 5, output: 25 })
    expect(prices.date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  it('does not guess: another model of the same beginning, or the same name elsewhere, has no price', async () => {
    const prices = await loadPrices()
    expect(prices.of(openai('gpt-4o-audio-preview'))).toBeNull()
    expect(prices.of(openai('gpt-4o', 'https://gateway.example/v1'))).toBeNull()
    expect(prices.of({ kind: 'demo', id: 'demo base', model: 'demo/base' })).toEqual({ input: 0, output: 0 })
  })

  it("lets the user's own prices go over, at any address", async () => {
    const file = temporaryFile(
      'p.json',
      '{"date": "2026-02-03", "models": {"gpt-4o": {"input": 1, "output": 2}, "my-7b": {"input": 0, "output": 0.5}}}',
    )
    const prices = await loadPrices(file)
    expect(prices.of(openai('gpt-4o', 'https://gateway.example/v1'))).toEqual({ input: 1, output: 2 })
    expect(prices.of(openai('my-7b', 'http://localhost:8000/v1'))).toEqual({ input: 0, output: 0.5 })
    expect(prices.of(openai('gpt-4o-mini'))).toEqual({ input: 0.15, output: 0.6 })
    expect(prices.date).toBe('2026-02-03')
  })

  it.each(['{', '{"models": {}}', '{"date": "x", "models": {"m": {"input": -1, "output": 2}}}'])(
    'refuses the price file %s',
    async (content) => {
      const file = temporaryFile('p.json', content)
      await expect(loadPrices(file)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(file) })
    },
  )

  it('counts per million tokens, and says null where something is unknown', () => {
    const price = { input: 2, output: 8 }
    expect(costOf(price, 1_000_000, 500_000)).toBe(6)
    expect(costOfUsage(price, { inputTokens: 10, outputTokens: 5, reasoningTokens: 4 })).toBeCloseTo(0.00006, 12)
    expect(costOfUsage(null, { inputTokens: 10, outputTokens: 5, reasoningTokens: null })).toBeNull()
    expect(costOfUsage(price, { inputTokens: 10, outputTokens: null, reasoningTokens: null })).toBeNull()
    expect(costOfUsage(price, null)).toBeNull()
  })
})
