import { describe, expect, it } from 'vitest'
import { createScorer, prepareMultichallenge } from '../../../src/benchmarks/multichallenge/score.ts'
import type { UpstreamTemplate } from '../../../src/data/upstream-template/index.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, conversation, says, scoreAll } from './_support.ts'

describe('scoring MultiChallenge', () => {
  it('shows the judge the response and the question, and nothing of the conversation', async () => {
    const context = scriptedContext(() => says('YES'))
    const { verdicts } = await scoreAll([[conversation('q7'), answer('My answer.', 1)]], context)
    const [request] = context.requests
    expect(request).toMatchObject({
      role: 'judge',
      sample: 1,
      item: 'q7',
      constraint: 'target',
      sampling: { temperature: 0 },
    })
    expect(request!.replyFormat!.schema).toMatchObject({
      required: ['reasoning', 'verdict'],
      additionalProperties: false,
    })
    expect(request!.messages).toHaveLength(1)
    expect(request!.messages[0]!.content).toContain('My answer.')
    expect(request!.messages[0]!.content).toContain('Is q7 fine?')
    expect(request!.messages[0]!.content).not.toContain('go q7')
    expect(verdicts[0]).toMatchObject({ value: 1, sample: 1, expected: 'verdict YES', found: 'verdict YES' })
    expect(verdicts[0]!.detail).toEqual({ verdict: 'YES', reasoning: 'because YES' })
  })

  it('passes a question whose right answer is no when the judge says NO', async () => {
    const of = conversation('a', 'SELF_COHERENCE', { passCriteria: 'NO' })
    const { verdicts } = await scoreAll(
      [[of, answer('text')]],
      scriptedContext(() => says('NO')),
    )
    expect(verdicts.map(({ value }) => value)).toEqual([1, 1])
  })

  it('excludes the verdict without a judge, and gives no figure rather than zero', async () => {
    const context = scriptedContext(() => '', { endpoint: () => null })
    const { verdicts, metric } = await scoreAll([[conversation('a'), answer('text')]], context)
    expect(verdicts.map(({ value, status, reason }) => [value, status, reason])).toEqual(
      Array(2).fill([null, 'excluded', 'no judge configured']),
    )
    for (const protocol of ['official', 'fixed'] as const) {
      expect(metric(protocol, 'overall')).toMatchObject({ value: null, n: 0, missing: 1, bounds: { low: 0, high: 1 } })
      expect(metric(protocol, 'micro')).toMatchObject({ value: null, n: 0 })
    }
  })

  it('does not judge a failed generation, which counts as failed', async () => {
    const context = scriptedContext(() => says('YES'))
    const { verdicts, metric } = await scoreAll(
      [
        [conversation('a'), answer(null)],
        [conversation('b'), answer('x')],
      ],
      context,
    )
    expect(context.requests).toHaveLength(1)
    expect(verdicts[0]).toMatchObject({ value: null, status: 'provider-error' })
    expect(metric('official', 'overall')).toMatchObject({ value: 0.5, missing: 1, bounds: { low: 0.5, high: 1 } })
    expect(metric('fixed', 'missing-responses').value).toBe(0.5)
  })

  it('is labelled by its prompt, and takes a template with two slots only', async () => {
    const resources = { asset: () => null, edition: 'github', isSample: false }
    expect((await prepareMultichallenge(resources)).labels).toEqual(['house-prompt'])
    const broken: UpstreamTemplate = { id: 'x', text: 'one {}', sha256: '', style: 'positional' }
    expect(() => createScorer(broken, [])).toThrow(/2 slots/)
  })

  it('lets a reward model decide only what needs neither the conversation nor a no', async () => {
    const rewardModel = {
      id: 'tiny',
      threshold: 0.5,
      score: async (pairs: readonly { id: string }[]) => pairs.map(({ id }) => ({ id, p: 0.2, truncated: false })),
    }
    const context = scriptedContext(() => says('NO'), { soft: 'rm', rewardModel })
    const earlier = conversation('b', 'SELF_COHERENCE', { targetQuestion: 'Does it repeat its earlier claim?' })
    const no = conversation('c', 'SELF_COHERENCE', { passCriteria: 'NO' })
    const { verdicts } = await scoreAll(
      [conversation('a'), earlier, no].map((of) => [of, answer('x')] as const),
      context,
      ['fixed'],
    )
    expect(verdicts.map(({ scorer, value }) => [scorer, value])).toEqual([
      ['rm:tiny', 0],
      ['judge:scripted/judge', 0],
      ['judge:scripted/judge', 1],
    ])
  })
})
