import { describe, expect, it } from 'vitest'
import { assertResumable, identityDifferences } from '../../src/runners/resume-gate.ts'

describe('resume gate', () => {
  it('names every field that differs, with both values', () => {
    const found = { model: 'a', sampling: { temperature: 0 }, benchmarks: [{ id: 'x', edition: 'v1' }] }
    const asked = { model: 'a', sampling: { temperature: 0.7 }, benchmarks: [{ id: 'x', edition: 'v2' }] }
    expect(identityDifferences(found, asked)).toEqual([
      { field: 'sampling.temperature', found: 0, asked: 0.7 },
      { field: 'benchmarks[0].edition', found: 'v1', asked: 'v2' },
    ])
    expect(() => assertResumable('results/r', found, asked)).toThrow(
      /sampling\.temperature: the folder has 0, asked is 0\.7/,
    )
  })

  it('names a field that only one side has', () => {
    expect(identityDifferences({ a: 1 }, { a: 1, seed: 7 })).toEqual([{ field: 'seed', found: undefined, asked: 7 }])
    expect(() => assertResumable('r', { a: 1 }, { a: 1, seed: 7 })).toThrow(/seed: the folder has nothing, asked is 7/)
  })

  it('does not mind the order of keys', () => {
    expect(() => assertResumable('r', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).not.toThrow()
  })
})
