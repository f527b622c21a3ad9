import { describe, expect, it } from 'vitest'
import { estimateTextTokens, estimateTokens } from '../../../src/models/price/estimate-tokens.ts'

describe('estimateTokens', () => {
  it('counts four Latin letters, two of other alphabets or one ideograph and a quarter as a token', () => {
    expect(estimateTextTokens('four')).toBe(1)
    expect(estimateTextTokens('слов')).toBe(2)
    expect(estimateTextTokens('四个汉字！')).toBe(4)
    expect(estimateTextTokens('')).toBe(0)
  })

  it('adds the frame of every message', () => {
    const messages = [
      { role: 'system', content: '' },
      { role: 'user', content: 'abcde' },
    ] as const
    expect(estimateTokens(messages)).toBe(10)
  })
})
