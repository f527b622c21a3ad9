import { describe, expect, it } from 'vitest'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, code, condition, fakePython, item, llm, scoreAll } from './_support.ts'

const python = fakePython({ yes: true, no: false, one: 1, text: 'an extract', nothing: null, list: [] })

describe('scoring AgentIF', () => {
  it('keeps the reasons for a missing verdict apart', async () => {
    const replies: Record<string, string | { fails: string }> = {
      'unmet {r}': 'NO',
      unclear: 'perhaps',
      failed: { fails: 'boom' },
      empty: '',
    }
    const context = scriptedContext(({ messages }) => replies[messages[0]!.content.split('|')[0]!]!, { python })
    const { of } = await scoreAll(
      [
        [
          item(
            'a',
            { steps: [condition('unmet {r}|{response}'), llm()] },
            { steps: [llm('unclear|{response}')] },
            { steps: [llm('failed|{response}')] },
            { steps: [llm('empty|{response}')] },
            { steps: [code('missing')] },
            { steps: [code('nothing')] },
            { steps: [code('yes')] },
            { steps: [condition('failed|{response}'), llm()] },
            { steps: [code('yes')] },
          ),
          answer('x'),
        ],
      ],
      context,
    )
    const seen = of('official').map(({ value, status, detail }) => [value, status, detail?.why])
    expect(seen).toEqual([
      [null, 'excluded', 'condition_not_met'],
      [null, 'judge-unparsed', 'judge_unparsed'],
      [null, 'judge-error', 'judge_failed'],
      [null, 'judge-error', 'judge_failed'],
      [null, 'check-error', 'code_error'],
      [null, 'check-error', 'code_returned_null'],
      [1, 'ok', undefined],
      [null, 'check-error', 'aborted'],
      [null, 'check-error', 'aborted'],
    ])
    expect(
      of('fixed')
        .slice(7)
        .map(({ value, detail }) => [value, detail?.why]),
    ).toEqual([
      [null, 'judge_failed'],
      [1, undefined],
    ])
  })

  it('asks the judge once for equal prompts, across constraints, step types and protocols', async () => {
    const context = scriptedContext(() => 'YES', { python })
    const constraints = [{ steps: [llm('Q {response}')] }, { steps: [condition('Q {response} \n'), code('yes')] }]
    await scoreAll([[item('a', ...constraints), answer('x')]], context)
    expect(context.requests).toHaveLength(1)
  })

  it('asks in a way that depends neither on item nor on sample, so that the log finds equal prompts', async () => {
    const context = scriptedContext(() => 'YES', { python })
    const tasks = [0, 1].map((sample) => [item(`i${sample}`, { steps: [llm()] }), answer('x', { sample })] as const)
    await scoreAll(tasks, context, ['official'])
    const keys = context.requests.map(({ item: _item, constraint: _constraint, ...rest }) => JSON.stringify(rest))
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
  })

  it('inserts the answer literally, whatever it looks like', async () => {
    const context = scriptedContext(() => 'YES', { python })
    await scoreAll(
      [[item('a', { steps: [llm('A {response} B {response}')] }), answer("$& $1 {response} $$'")]],
      context,
      ['official'],
    )
    expect(context.requests[0]!.messages).toEqual([
      { role: 'user', content: "A $& $1 {response} $$' B $& $1 {response} $$'" },
    ])
  })

  it('leaves out what needs the judge when there is none, and scores the rest', async () => {
    const context = scriptedContext(() => 'YES', { python, endpoint: () => null })
    const { of, metric } = await scoreAll(
      [[item('a', { steps: [llm()] }, { steps: [code('yes')] }, { steps: [code('text'), llm()] }), answer('x')]],
      context,
    )
    expect(context.requests).toHaveLength(0)
    expect(of('official').map(({ status, value }) => [status, value])).toEqual([
      ['excluded', null],
      ['ok', 1],
      ['excluded', null],
    ])
    expect(metric('official', 'csr')).toMatchObject({ value: 1, n: 1, missing: 2 })
    expect(metric('official', 'isr')).toMatchObject({ value: null, n: 0, missing: 1, bounds: { low: 0, high: 1 } })
  })

  it('makes code steps errors with a reason when there is no sandbox', async () => {
    const context = scriptedContext(() => 'YES')
    const { of } = await scoreAll([[item('a', { steps: [code('yes')] }), answer('x')]], context, ['official'])
    expect(of('official')[0]).toMatchObject({ value: null, status: 'check-error', reason: 'the sandbox is off' })
  })

  it('hands snippets in a row to the sandbox in one go, in the mode of the protocol', async () => {
    const runner = fakePython({ yes: true })
    await scoreAll(
      [[item('a', { steps: [code('text'), { type: 'human' }, code('yes')] }), answer('x')]],
      scriptedContext(() => '', { python: runner }),
    )
    expect(runner.asked).toEqual([
      { source: ['text', 'yes'], response: 'x', mode: 'strict' },
      { source: ['text', 'yes'], response: 'x', mode: 'repaired' },
    ])
  })

  it('lets a reward model decide judged constraints without condition that do not need the prompt', async () => {
    const rewardModel = {
      id: 'rm',
      threshold: 0.5,
      score: async (pairs: readonly { id: string }[]) => pairs.map(({ id }) => ({ id, p: 0.9, truncated: false })),
    }
    const context = scriptedContext(() => 'NO', { python, soft: 'rm', rewardModel })
    const { of } = await scoreAll(
      [
        [
          item(
            'a',
            { desc: 'The tone is warm', steps: [llm()] },
            { desc: 'Fits what the user wants', steps: [llm()] },
            { desc: 'The tone is warm', steps: [condition(), llm()] },
            { desc: 'The tone is warm', dimension: 'example_driven', steps: [llm()] },
          ),
          answer('x'),
        ],
      ],
      context,
      ['official'],
    )
    expect(of('official').map(({ scorer, value }) => [scorer, value])).toEqual([
      ['rm:rm', 1],
      ['judge:scripted/judge', 0],
      ['judge:scripted/judge', null],
      ['judge:scripted/judge', 0],
    ])
  })

  it('does not end an item over a call that was never made', async () => {
    const context = scriptedContext(
      ({ purpose }) =>
        purpose === 'condition'
          ? { status: 'provider-error', text: null, failure: { kind: 'aborted', message: 'collecting' } }
          : 'YES',
      { python },
    )
    const { of } = await scoreAll(
      [[item('a', { steps: [condition(), llm()] }, { steps: [llm('Q')] }), answer('x')]],
      context,
      ['official'],
    )
    expect(of('official').map(({ value }) => value)).toEqual([null, 1])
  })
})

describe('the figures of AgentIF', () => {
  const context = () => scriptedContext(({ messages }) => messages[0]!.content.slice(0, 3), { python })

  it('count a snippet that returns 1 as unmet in CSR and as met in ISR under official only', async () => {
    const { metric } = await scoreAll([[item('a', { steps: [code('one')] }), answer('x')]], context())
    expect(metric('official', 'csr').value).toBe(0)
    expect(metric('official', 'isr').value).toBe(1)
    expect(metric('official', 'csr-may-2025').value).toBe(1)
    expect(metric('fixed', 'isr').value).toBe(0)
  })

  it('drop a missing answer under official and fail it under fixed, with bounds for both', async () => {
    const of = (id: string) => item(id, { steps: [code('yes')] }, { steps: [code('yes')], is_meta: true })
    const { metric } = await scoreAll(
      [
        [of('a'), answer('x')],
        [of('b'), answer(null)],
      ],
      context(),
    )
    expect(metric('official', 'csr')).toMatchObject({ value: 1, n: 2, missing: 2, bounds: { low: 0.5, high: 1 } })
    expect(metric('official', 'isr')).toMatchObject({ value: 1, n: 1, bounds: { low: 0.5, high: 1 } })
    expect(metric('fixed', 'csr')).toMatchObject({ value: 0.5, n: 4, missing: 2 })
    expect(metric('fixed', 'isr')).toMatchObject({ value: 0.5, n: 2 })
  })

  it('count a constraint in each of its types, once per entry', async () => {
    const { metric } = await scoreAll(
      [
        [
          item(
            'a',
            { type: ['formatting', 'resource', 'formatting'], steps: [code('yes')] },
            { type: 'resource', steps: [code('no')] },
          ),
          answer('x'),
        ],
      ],
      context(),
    )
    expect(metric('official', 'csr-formatting')).toMatchObject({ value: 1, n: 2 })
    expect(metric('official', 'csr-tool')).toMatchObject({ value: 0.5, n: 2 })
    expect(metric('official', 'csr')).toMatchObject({ value: 0.5, n: 2 })
  })

  it('count an item with a failed check as failed in ISR under fixed', async () => {
    const { metric } = await scoreAll(
      [[item('a', { steps: [code('yes')] }, { steps: [code('missing')] }), answer('x')]],
      context(),
    )
    expect(metric('official', 'isr')).toMatchObject({ value: 1, n: 1, missing: 1 })
    expect(metric('fixed', 'isr')).toMatchObject({ value: 0, n: 1, missing: 1, bounds: { low: 0, high: 1 } })
  })

  it('warn when more than 2 % have no verdict, but not about unmet conditions', async () => {
    const judged = (id: string, reply: string) =>
      [item(id, ...Array.from({ length: 10 }, () => ({ steps: [llm(`${reply} {response}`)] }))), answer('x')] as const
    const unmet = [item('u', { steps: [condition('NO {response}'), llm()] }), answer('x')] as const
    const quiet = await scoreAll([judged('a', 'YES'), unmet, unmet], context())
    expect(quiet.warnings('official')).toEqual([])
    const loud = await scoreAll([judged('a', 'YES'), judged('b', '???')], context())
    expect(loud.warnings('official')).toEqual([expect.stringMatching(/10 of 20 .*judge_unparsed 10.*denominator/)])
    expect(loud.metric('official', 'unscored', 'judge_unparsed').value).toBe(0.5)
  })
})
