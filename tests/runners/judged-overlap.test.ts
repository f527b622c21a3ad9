import { describe, expect, it } from 'vitest'
import { runJudged } from '../../bench/_judged-run.ts'
import { temporaryFolder } from '../cli/_bench.ts'
import { startMockModel } from '../cli/_mock-model.ts'

interface Span {
  readonly role: string
  readonly item: string
  readonly from: number
  readonly to: number
}

describe('a judged run with extractions', () => {
  it('lets extraction and judge calls of different items overlap, and both endpoints work at once', async () => {
    const spans: Span[] = []
    const latencyMs = 30
    await using server = await startMockModel((request) => {
      const [, role, item] = /^(extract|judge) (\d+)\//.exec(request.body.messages[0]!.content)!
      const from = performance.now()
      return (response) => {
        setTimeout(() => {
          spans.push({ role: role!, item: item!, from, to: performance.now() })
          const choices = [{ index: 0, message: { role: 'assistant', content: 'all' }, finish_reason: 'stop' }]
          response.setHeader('content-type', 'application/json')
          response.end(JSON.stringify({ object: 'chat.completion', model: 'mock', choices, usage: null }))
        }, latencyMs)
      }
    })
    using folder = temporaryFolder()
    const shape = { items: 60, constraints: 2, extracts: true }
    const { scores } = await runJudged(shape, server.url, 8, `${folder.path}/run`)
    expect(scores.benchmarks[0]!.verdicts.official).toEqual({ ok: 120 })

    const judged = spans.filter(({ role }) => role === 'judge')
    const extracted = spans.filter(({ role }) => role === 'extract')
    expect([judged.length, extracted.length]).toEqual([120, 120])
    const overlapping = judged.filter(({ item, from, to }) =>
      extracted.some((other) => other.item !== item && other.from < to && from < other.to),
    )
    // All judge calls but those after the last extraction: a run in two phases would have none.
    expect(overlapping.length).toBeGreaterThan(80)
    const most = Math.max(
      ...spans.map(({ from }) => spans.filter((span) => span.from <= from && from < span.to).length),
    )
    expect(most).toBeGreaterThan(8)
    expect(most).toBeLessThanOrEqual(16)
  })

  it('asks every question once and delivers the verdicts in the order of the items', async () => {
    await using server = await startMockModel(() => 'all')
    using folder = temporaryFolder()
    const shape = { items: 200, constraints: 3, extracts: false }
    const { scores } = await runJudged(shape, server.url, 128, `${folder.path}/run`)
    expect(scores.benchmarks[0]).toMatchObject({ complete: true, items: 200, verdicts: { official: { ok: 600 } } })
    const asked = server.requests.map(({ body }) => body.messages[0]!.content)
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.length).toBe(600)
  })
})
