import { describe, expect, it } from 'vitest'
import { aheadOf } from '../../src/runners/ahead-of.ts'
import type { BoundEndpoint } from '../../src/runners/bind-endpoint.ts'

const endpoint = (concurrency: number, isPaid = true) => ({ concurrency, isPaid }) as BoundEndpoint

describe('responses that come at once', () => {
  it('are read so far ahead that the widest judge has work, and not at all ahead of recorded judges', () => {
    expect(aheadOf([endpoint(128), endpoint(8)])).toBe(256)
    expect(aheadOf([endpoint(1)])).toBe(2)
    expect(aheadOf([endpoint(32, false)])).toBeNull()
    expect(aheadOf([])).toBeNull()
  })
})
