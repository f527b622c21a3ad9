import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateRewardTokens, fitResponse } from '../../../../src/checkers/reward-model/endpoints/overlong.ts'

const limits = (policy: 'error' | 'middle' | 'head' | 'tail', limit: number) => ({
  policy,
  limit,
  count: estimateRewardTokens,
  render: (response: string) => `${response}|the constraint`,
})

describe('fitting a response', () => {
  it('leaves what fits as it is', () => {
    expect(fitResponse('short', limits('middle', 100))).toEqual({ kind: 'fits', response: 'short', truncated: false })
  })

  it('refuses under `error`, and where nothing of the response has room', () => {
    expect(fitResponse('x'.repeat(900), limits('error', 100))).toEqual({ kind: 'overlong', tokens: 305 })
    for (const policy of ['middle', 'head', 'tail'] as const) {
      expect(fitResponse('x'.repeat(900), limits(policy, 3)).kind).toBe('overlong')
      // Room for text around and constraint, and for no more.
      const room = estimateRewardTokens(`${policy === 'middle' ? '\n[...]\n' : ''}|the constraint`)
      expect(fitResponse('x'.repeat(900), limits(policy, room)).kind).toBe('overlong')
      expect(fitResponse('x'.repeat(900), limits(policy, room + 2)).kind).toBe('fits')
    }
  })

  it('keeps the beginning, the end, or both in equal shares', () => {
    const response = `${'a'.repeat(500)}${'z'.repeat(500)}`
    const kept = (policy: 'middle' | 'head' | 'tail') => {
      const fit = fitResponse(response, limits(policy, 50))
      return fit.kind === 'fits' ? fit.response : ''
    }
    expect(kept('head')).toMatch(/^a+$/)
    expect(kept('tail')).toMatch(/^z+$/)
    const [, head, tail] = /^(a+)\n\[\.\.\.\]\n(z+)$/.exec(kept('middle'))!
    expect(head!.length - tail!.length).toBeLessThanOrEqual(1)
  })

  it('shares the room in tokens, not in characters, between beginning and end', () => {
    const response = `${'字'.repeat(600)}${'z'.repeat(600)}`
    const fit = fitResponse(response, limits('middle', 100))
    const [, head, tail] = /^(字+)\n\[\.\.\.\]\n(z+)$/.exec(fit.kind === 'fits' ? fit.response : '')!
    expect(Math.abs(estimateRewardTokens(head!) - estimateRewardTokens(tail!))).toBeLessThanOrEqual(1)
    expect(tail!.length).toBeGreaterThan(1.8 * head!.length)
  })

  it('uses what room there is, never splits a character, and never goes over', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 0, maxLength: 400 }),
        fc.constantFrom('middle' as const, 'head' as const, 'tail' as const),
        fc.integer({ min: 10, max: 80 }),
        (response, policy, limit) => {
          const given = limits(policy, limit)
          const fit = fitResponse(response, given)
          if (fit.kind !== 'fits') throw new Error('there is room for the constraint')
          expect(given.count(given.render(fit.response))).toBeLessThanOrEqual(limit)
          expect(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(fit.response)).toBe(
            false,
          )
          if (!fit.truncated) expect(fit.response).toBe(response)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('takes a megabyte in stride', () => {
    const started = process.cpuUsage().user
    fitResponse('x 字'.repeat(350_000), limits('middle', 4000))
    expect(process.cpuUsage().user - started).toBeLessThan(2_000_000)
  })
})

describe('the estimate', () => {
  it('counts Chinese at 1.5 and everything else at 3 characters a token', () => {
    expect(estimateRewardTokens('abcdef')).toBe(2)
    expect(estimateRewardTokens('中文字')).toBe(2)
    expect(estimateRewardTokens('')).toBe(0)
  })
})
