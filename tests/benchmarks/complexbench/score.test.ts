import { describe, expect, it } from 'vitest'
import { createScorer } from '../../../src/benchmarks/complexbench/score.ts'
import { houseTemplates } from '../../../src/benchmarks/complexbench/templates.ts'
import type { RewardModelScorer } from '../../../src/checkers/scoring-context.ts'
import type { CallRequest } from '../../../src/core/call.ts'
import { codePointLength } from '../../../src/text/code-points.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, extracted, load, question, record, scoreAll } from './_support.ts'

const rule = question({ rule: 'model_length:[1,3]' })
const byPurpose =
  (judge: string, extract: string) =>
  ({ purpose }: CallRequest) =>
    purpose === 'judge' ? judge : extract

describe('scoring a response', () => {
  it('asks the extractor about questions with a rule and the judge about the others, at temperature 0', async () => {
    const items = await load([record([question(), rule])])
    const context = scriptedContext(byPurpose('分析：好。\n答案：是', extracted('甲乙')))
    const { of } = await scoreAll(items, [answer('甲乙')], context)
    const asked = context.requests.map(({ role, purpose, sampling }) => [role, purpose, sampling])
    const judge = ['judge', 'judge', { temperature: 0 }]
    const extractor = ['extractor', 'extract', { temperature: 0 }]
    expect(asked).toHaveLength(4)
    expect(asked).toEqual(expect.arrayContaining([judge, extractor]))
    expect(of('official')).toMatchObject([
      { constraint: '0', scorer: 'judge:scripted/judge', value: 1, status: 'ok', found: '分析：好。\n答案：是' },
      {
        constraint: '1',
        scorer: 'rule+extractor:scripted/judge',
        value: 1,
        status: 'ok',
        expected: '1 to 3 characters',
        found: '2 characters',
      },
    ])
  })

  it('has all calls of a response under way at once', async () => {
    const items = await load([record([question(), rule, question(), rule])])
    let waiting = 0
    let most = 0
    const context = {
      ...scriptedContext(() => ''),
      async call(request: CallRequest) {
        waiting += 1
        most = Math.max(most, waiting)
        await new Promise((resolve) => setTimeout(resolve, 5))
        waiting -= 1
        return scriptedContext(byPurpose('答案：是', extracted('甲'))).call(request)
      },
    }
    await createScorer(houseTemplates).score(items[0]!, answer('甲'), context, ['official'])
    expect(most).toBe(4)
  })

  it('shows 6,000 code points of the instruction and 4,000 of the response, and all of it to the rule', async () => {
    const items = await load([
      record([question({ rule: 'model_length:[5000,5000]' })], { instruction: '😀'.repeat(7000) }),
    ])
    const context = scriptedContext(() => extracted('all'))
    const { of } = await scoreAll(items, [answer('𠮷'.repeat(5000))], context)
    const prompt = context.requests[0]!.messages[0]!.content
    expect(codePointLength(prompt.replaceAll(/[^😀]/gu, ''))).toBe(6000)
    expect(codePointLength(prompt.replaceAll(/[^𠮷]/gu, ''))).toBe(4000)
    expect(of('official')[0]!.value).toBe(1)
  })

  it('takes the template for several passages wherever the letters each occur in a rule', async () => {
    const items = await load([
      record([rule, question({ rule: 'model_length_each:[1,3]' }), question({ rule: 'keyword:[teach]' })]),
    ])
    const context = scriptedContext(() => extracted('teach'))
    await createScorer(houseTemplates).score(items[0]!, answer('teach'), context, ['official'])
    const { extraction, extractionEach } = houseTemplates
    expect(context.requests.map(({ templateHash }) => templateHash)).toEqual([
      extraction.sha256,
      extractionEach.sha256,
      extractionEach.sha256,
    ])
  })

  it('inserts texts literally and in one pass', async () => {
    const items = await load([record([question({ question: '{output}$&' })], { instruction: '{question} $1 {{}}' })])
    const context = scriptedContext(() => '答案：是')
    await scoreAll(items, [answer('{input} $` {0}')], context)
    const prompt = context.requests[0]!.messages[0]!.content
    for (const text of ['{output}$&', '{question} $1 {{}}', '{input} $` {0}']) expect(prompt).toContain(text)
  })

  it('excludes what no endpoint is bound for, and never counts it as failed', async () => {
    const items = await load([record([question(), rule])])
    const judgeOnly = scriptedContext(() => '答案：是', {
      endpoint: (role) => (role === 'judge' ? 'some/judge' : null),
    })
    const { of, metric } = await scoreAll(items, [answer('甲')], judgeOnly)
    expect(of('official').map(({ value, status }) => [value, status])).toEqual([
      [1, 'ok'],
      [null, 'excluded'],
    ])
    expect(of('official')[1]).toMatchObject({ reason: 'no extractor configured', scorer: 'judge' })
    expect(metric('official', 'drfr')).toMatchObject({ value: 1, n: 1, missing: 1, bounds: { low: 0.5, high: 1 } })
    const none = await scoreAll(
      items,
      [answer('甲')],
      scriptedContext(() => '', { endpoint: () => null }),
    )
    for (const protocol of ['official', 'fixed'] as const) {
      expect(none.metric(protocol, 'drfr')).toMatchObject({ value: null, missing: 2, bounds: { low: 0, high: 1 } })
    }
  })

  it('scores a withheld response as upstream scores null, with bounds, and not at all under fixed', async () => {
    const items = await load([record([question(), rule, question({ rule: 'model_forbidden_word:[甲]' })])])
    const context = scriptedContext(byPurpose('答案：否', extracted('甲')))
    const { of, metric } = await scoreAll(items, [answer(null, 'refused')], context)
    expect(context.requests.every(({ messages }) => messages[0]!.content.includes('\nNone\n'))).toBe(true)
    expect(context.requests).toHaveLength(3)
    expect(of('official').map(({ value, status }) => [value, status])).toEqual([
      [0, 'refused'],
      [0, 'refused'],
      [1, 'refused'],
    ])
    expect(metric('official', 'drfr')).toMatchObject({ value: 1 / 3, missing: 3, bounds: { low: 0, high: 1 } })
    expect(of('fixed').map(({ value, status }) => [value, status])).toEqual(
      Array.from({ length: 3 }, () => [null, 'refused']),
    )
    expect(metric('fixed', 'drfr')).toMatchObject({ value: null, missing: 3 })
  })

  it('asks nobody about a response that failed: false under official, with bounds, not measured under fixed', async () => {
    const items = await load([record([question(), rule, question({ rule: 'model_forbidden_word:[甲]' })])])
    const context = scriptedContext(byPurpose('答案：是', extracted('甲')))
    const { of, metric } = await scoreAll(items, [answer(null)], context)
    expect(context.requests).toEqual([])
    for (const protocol of ['official', 'fixed'] as const) {
      expect(of(protocol).map(({ value, status }) => [value, status])).toEqual(
        Array.from({ length: 3 }, () => [null, 'provider-error']),
      )
    }
    expect(metric('official', 'drfr')).toMatchObject({ value: 0, missing: 3, bounds: { low: 0, high: 1 } })
    expect(metric('fixed', 'drfr')).toMatchObject({ value: null, missing: 3 })
  })

  it('keeps 2 for rule forms that upstream does not know, and calls it a failed check under fixed', async () => {
    const items = await load([record([question({ rule: 'keyword_num:[1,1,甲]' })])])
    const { of } = await scoreAll(
      items,
      [answer('甲')],
      scriptedContext(() => extracted('甲')),
    )
    expect(of('official')[0]).toMatchObject({ value: 2, status: 'ok', detail: { kind: null } })
    expect(of('fixed')[0]).toMatchObject({ value: null, status: 'check-error' })
  })

  it('ends as a failed check where the official evaluator raises', async () => {
    const items = await load([record([question({ rule: 'keyword:[甲]' })])])
    const { of, metric } = await scoreAll(
      items,
      [answer('\n\n')],
      scriptedContext(() => extracted('all')),
    )
    expect(of('official')[0]).toMatchObject({
      value: null,
      status: 'check-error',
      reason: expect.stringContaining('IndexError') as string,
    })
    expect(metric('official', 'drfr')).toMatchObject({ value: 0, missing: 1 })
  })

  it('leaves to a reward model only questions that need no prompt', async () => {
    const items = await load([
      record([
        question({ question: '语气是否亲切？', constraint_dimensions: ['Language Style'] }),
        question({ composition_types: ['Selection'], constraint_dimensions: [] }),
        rule,
      ]),
    ])
    const rewardModel: RewardModelScorer = {
      id: 'small',
      threshold: 0.5,
      score: async (pairs) => pairs.map(({ id }) => ({ id, p: 0.2, truncated: false })),
    }
    const context = scriptedContext(byPurpose('答案：是', extracted('甲')), { soft: 'rm', rewardModel })
    const { of } = await scoreAll(items, [answer('甲')], context)
    expect(of('official').map(({ scorer, value }) => [scorer, value])).toEqual([
      ['rm:small', 0],
      ['judge:scripted/judge', 1],
      ['rule+extractor:scripted/judge', 1],
    ])
  })

  it('warns of labels that nobody has reported for the real data', async () => {
    const items = await load([record([question()], { category: 'Loop_1' })])
    const context = scriptedContext(() => '答案：是')
    await scoreAll(items, [answer('甲')], context)
    expect(context.warnings).toEqual(['Unknown category `Loop_1` in the ComplexBench data'])
  })
})
