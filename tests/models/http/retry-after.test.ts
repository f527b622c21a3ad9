import { describe, expect, it } from 'vitest'
import { ResponseHeaders } from '../../../src/models/http/response-headers.ts'
import { retryAfter } from '../../../src/models/http/retry-after.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

describe('retryAfter', () => {
  it.each([
    [{}, undefined],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after-ms': 'x', 'retry-after': '9' }, 9000],
    [{ 'retry-after': ' 1.5 ' }, 1500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:59:59 GMT' }, 0],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': 'NaN' }, undefined],
    [{ 'retry-after': 'Infinity' }, undefined],
    [{ 'retry-after': '1e9' }, undefined],
    [{ 'retry-after': '12:00' }, undefined],
  ])('reads %j as %s', (headers, expected) => {
    expect(retryAfter(new ResponseHeaders(headers), now)).toBe(expected)
  })
})
