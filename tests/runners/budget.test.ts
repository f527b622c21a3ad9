import { describe, expect, it } from 'vitest'
import { Budget } from '../../src/runners/budget.ts'

/** What a promise has come to by now. */
async function stateOf(promise: Promise<boolean>): Promise<boolean | 'waiting'> {
  return Promise.race([promise, new Promise<'waiting'>((resolve) => setImmediate(() => resolve('waiting')))])
}

describe('Budget', () => {
  it('lets a call wait while others hold what they will hardly cost, and go when they cost less', async () => {
    const budget = new Budget(10)
    expect(await budget.reserve(6)).toBe(true)
    const second = budget.reserve(6)
    expect(await stateOf(second)).toBe('waiting')
    budget.settle(6, 1)
    expect(await stateOf(second)).toBe(true)
  })

  it('refuses a call that could pass the limit with nothing else under way', async () => {
    const budget = new Budget(10)
    await budget.reserve(6)
    const second = budget.reserve(6)
    budget.settle(6, 5)
    expect(await stateOf(second)).toBe(false)
    expect(budget.spent).toBe(5)
  })

  it('counts what an earlier sitting has paid', async () => {
    const budget = new Budget(10)
    budget.pay(9.5)
    expect(await budget.reserve(1)).toBe(false)
    expect(await budget.reserve(0.5)).toBe(true)
  })

  it('never waits for the remainder of a sum of fractions', async () => {
    const budget = new Budget(1)
    for (let round = 0; round < 50; round += 1) {
      expect(await Promise.all([budget.reserve(0.1), budget.reserve(0.2), budget.reserve(0.3)])).toEqual(
        Array(3).fill(true),
      )
      for (const reserved of [0.1, 0.2, 0.3]) budget.settle(reserved, 0)
    }
    expect(await stateOf(budget.reserve(1))).toBe(true)
  })
})
