import { describe, expect, it } from 'vitest'
import { askJudge, type JudgeQuestion } from '../../../src/checkers/judge/ask-judge.ts'
import { scriptedContext } from './scripted-judge.ts'

const question: JudgeQuestion<number> = {
  role: 'judge',
  purpose: 'judge',
  maxAttempts: 3,
  request: () => ({ messages: [{ role: 'user', content: 'fine?' }], sampling: {}, sample: 0, item: 'a' }),
  parse: (text) => (text === 'yes' ? 1 : text === 'no' ? 0 : null),
}

describe('askJudge', () => {
  it('takes the first readable reply, with one call per round and the round in the request', async () => {
    const context = scriptedContext((_request, count) => (count < 2 ? 'hm' : 'no'))
    const answer = await askJudge(context, question)
    expect(answer).toMatchObject({
      status: 'ok',
      parsed: 0,
      keys: ['key-1', 'key-2', 'key-3'],
      scorer: 'judge:scripted/judge',
    })
    expect(context.requests.map(({ attempt }) => attempt)).toEqual([0, 1, 2])
    expect(context.requests[0]).toMatchObject({ role: 'judge', purpose: 'judge', sample: 0, item: 'a' })
    expect(answer.reason).toBeUndefined()
  })

  it('calls nobody and says so when no endpoint is bound', async () => {
    const context = scriptedContext(() => 'yes', { endpoint: () => null })
    const answer = await askJudge(context, { ...question, role: 'extractor' })
    expect(answer).toMatchObject({ status: 'excluded', parsed: null, reason: 'no extractor configured' })
    expect(context.requests).toHaveLength(0)
  })

  it('keeps unreadable replies apart from failed calls', async () => {
    const unread = await askJudge(
      scriptedContext(() => 'hm'),
      question,
    )
    expect(unread).toMatchObject({ status: 'judge-unparsed', parsed: null })
    expect(unread.rounds).toHaveLength(3)
    expect(unread.reason).toContain('"hm"')

    const failed = await askJudge(
      scriptedContext(() => ({ fails: 'HTTP 500' })),
      question,
    )
    expect(failed).toMatchObject({ status: 'judge-error', parsed: null })
    expect(failed.reason).toContain('HTTP 500')
    expect(failed.rounds).toHaveLength(1)
  })

  it('is in error, not unreadable, where a failed call leaves rounds open: the next run asks on', async () => {
    const script = (_request: unknown, count: number) => (count === 0 ? 'hm' : { fails: 'HTTP 500' })
    const cut = await askJudge(scriptedContext(script), question)
    expect(cut).toMatchObject({ status: 'judge-error', reason: expect.stringContaining('HTTP 500') })
    expect(cut.rounds.map(({ text }) => text)).toEqual(['hm', null])
    const patient = await askJudge(scriptedContext(script), { ...question, onFailure: 'next-round' })
    expect(patient.status).toBe('judge-unparsed')
  })

  it('counts a failed call as a round only when the protocol does', async () => {
    const script = (_request: unknown, count: number) => (count === 0 ? { fails: 'HTTP 500' } : 'yes')
    expect((await askJudge(scriptedContext(script), question)).status).toBe('judge-error')
    const patient = await askJudge(scriptedContext(script), { ...question, onFailure: 'next-round' })
    expect(patient).toMatchObject({ status: 'ok', parsed: 1 })
    expect(patient.rounds.map(({ text }) => text)).toEqual([null, 'yes'])
  })

  it('asks on after a withheld reply where the protocol does, though a failed call ends the rounds', async () => {
    const withheld = (_request: unknown, count: number) =>
      count === 0 ? ({ status: 'refused', text: null } as const) : 'yes'
    const patient = { ...question, onWithheld: 'next-round' as const }
    expect(await askJudge(scriptedContext(withheld), patient)).toMatchObject({ status: 'ok', parsed: 1 })
    const failing = scriptedContext(() => ({ fails: 'HTTP 500' }))
    expect((await askJudge(failing, patient)).rounds).toHaveLength(1)
  })

  it('stops at a call that was not made, even where failed calls count as rounds', async () => {
    const context = scriptedContext(() => ({
      status: 'provider-error',
      text: null,
      failure: { kind: 'aborted', message: 'dry run' },
    }))
    const answer = await askJudge(context, { ...question, onFailure: 'next-round' })
    expect(answer).toMatchObject({ status: 'judge-error', reason: 'the judge call failed: dry run' })
    expect(context.requests).toHaveLength(1)
  })

  it('calls an endpoint that only ever answers nothing a judge error, and still lets the parser see the empty text', async () => {
    expect(
      await askJudge(
        scriptedContext(() => ' \n'),
        question,
      ),
    ).toMatchObject({ status: 'judge-error' })
    const parsesEmpty = { ...question, parse: (text: string) => (text === '' ? 7 : null) }
    expect(
      await askJudge(
        scriptedContext(() => ''),
        parsesEmpty,
      ),
    ).toMatchObject({ status: 'ok', parsed: 7 })
  })

  it('treats a refusal as no reply', async () => {
    const answer = await askJudge(
      scriptedContext(() => ({ status: 'refused', text: null })),
      question,
    )
    expect(answer).toMatchObject({ status: 'judge-error', reason: 'the judge gave no answer (refused)' })
  })

  it('lets the stop of the run pass through', async () => {
    const context = scriptedContext(() => {
      throw new Error('run stopped')
    })
    await expect(askJudge(context, question)).rejects.toThrow('run stopped')
  })
})
