import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallRequest, CallRole } from '../../src/core/call.ts'
import { Budget } from '../../src/runners/budget.ts'
import { CallDoor } from '../../src/runners/call-door.ts'
import { CallLog } from '../../src/runners/call-log.ts'
import type { CallTarget, TargetOutcome } from '../../src/runners/call-target.ts'
import { RunMeter } from '../../src/runners/run-meter.ts'
import { RunStopped, StopSwitch } from '../../src/runners/stop.ts'

function request(content: string, over: Partial<CallRequest> = {}): CallRequest {
  return { role: 'model', purpose: 'generate', messages: [{ role: 'user', content }], sampling: {}, sample: 0, ...over }
}

function reply(text: string): TargetOutcome {
  const usage = { inputTokens: 1, outputTokens: 1, reasoningTokens: null }
  const fields = { reasoning: null, finishReason: 'stop', returnedModel: 'm', usage, raw: { text } }
  return { kind: 'reply', tries: 1, reply: { status: 'ok', text, ...fields } }
}

class FakeTarget implements CallTarget {
  readonly id = 'fake'
  readonly name = 'fake'
  readonly dependsOnMeta = false
  sent = 0
  readonly #answer: (request: CallRequest, nth: number) => Promise<TargetOutcome> | TargetOutcome
  readonly #budget: Budget | null

  constructor(
    answer: (request: CallRequest, nth: number) => Promise<TargetOutcome> | TargetOutcome,
    budget: Budget | null = null,
  ) {
    this.#answer = answer
    this.#budget = budget
  }
  async reserve() {
    if (!this.#budget) return 0
    return (await this.#budget.reserve(2)) ? 2 : null
  }
  pay(cost: number) {
    this.#budget?.pay(cost)
  }
  settle(reserved: number, actual: number) {
    this.#budget?.settle(reserved, actual)
  }
  cost() {
    return this.#budget ? 2 : 0
  }
  async send(_benchmark: string, request: CallRequest): Promise<TargetOutcome> {
    this.sent += 1
    return this.#answer(request, this.sent)
  }
}

describe('CallDoor', () => {
  let folder: string
  let log: CallLog
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'heed-door-'))
    log = await CallLog.open(join(folder, 'calls.jsonl'))
  })
  afterEach(async () => {
    await log.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function door(target: CallTarget, over: { offline?: boolean; stop?: StopSwitch } = {}) {
    const { offline = false, stop = new StopSwitch() } = over
    return new CallDoor({
      log,
      targets: new Map<CallRole, CallTarget>([['model', target]]),
      stop,
      meter: new RunMeter(),
      offline,
    })
  }

  it('has the reply on disk before anybody sees it', async () => {
    const target = new FakeTarget(() => reply('yes'))
    const answer = await door(target).call('b', request('q'))
    const line = JSON.parse(readFileSync(join(folder, 'calls.jsonl'), 'utf8'))
    expect(line).toMatchObject({ kind: 'reply', key: answer.key, text: 'yes', raw: { text: 'yes' } })
  })

  it('makes equal requests once, while one is under way and ever after', async () => {
    const target = new FakeTarget(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return reply('one')
    })
    const first = door(target)
    const replies = await Promise.all([first.call('b', request('q')), first.call('b', request('q'))])
    replies.push(await door(target).call('b', request('q')))
    expect(target.sent).toBe(1)
    expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(['one']))
  })

  it('makes a new call for everything that can change the reply', async () => {
    const target = new FakeTarget((_, nth) => reply(String(nth)))
    const one = door(target)
    await one.call('b', request('q'))
    await one.call('b', request('q', { sample: 1 }))
    await one.call('b', request('q', { sampling: { temperature: 0.5 } }))
    await one.call('b', request('q', { attempt: 1 }))
    await one.call('b', request('q', { purpose: 'judge' }))
    await one.call('b', request('q', { templateHash: 'ff' }))
    await one.call('b', request('q', { replyFormat: { name: 'x', schema: {}, strict: true } }))
    await one.call('b', request('q', { item: 'another item with the same prompt' }))
    expect(target.sent).toBe(7)
  })

  it('logs a failure, reports it as one, and asks again the next time', async () => {
    const target = new FakeTarget((_, nth) =>
      nth === 1 ? { kind: 'failure', failure: { kind: 'server', message: '500' }, tries: 3 } : reply('late'),
    )
    const failed = await door(target).call('b', request('q'))
    expect(failed).toMatchObject({ status: 'provider-error', text: null, failure: { kind: 'server' } })
    expect(readFileSync(join(folder, 'calls.jsonl'), 'utf8')).toContain('"kind":"failure"')
    expect(await door(target).call('b', request('q'))).toMatchObject({ status: 'ok', text: 'late' })
  })

  it('leaves a failed round alone when a later round was answered: it was used up', async () => {
    const target = new FakeTarget((asked) =>
      (asked.attempt ?? 0) < 2
        ? { kind: 'failure', failure: { kind: 'server', message: '500' }, tries: 3 }
        : reply('third round'),
    )
    const rounds = async () => {
      const answers = []
      for (const attempt of [0, 1, 2]) {
        const asked = request('q', { attempt, laterRounds: 2 - attempt })
        answers.push((await door(target).call('b', asked)).text)
      }
      return answers
    }
    expect(await rounds()).toEqual([null, null, 'third round'])
    expect(await rounds()).toEqual([null, null, 'third round'])
    expect(target.sent).toBe(3)
    // Without a protocol that goes on after a failure, it is a call that another sitting makes again.
    await door(target).call('b', request('q', { attempt: 1 }))
    expect(target.sent).toBe(4)
  })

  it('makes no call offline, and says so', async () => {
    const target = new FakeTarget(() => reply('paid'))
    const answer = await door(target, { offline: true }).call('b', request('q'))
    expect(answer).toMatchObject({ status: 'provider-error', failure: { message: expect.stringContaining('offline') } })
    expect(target.sent).toBe(0)
  })

  it('tells a logged failure offline as it was', async () => {
    const target = new FakeTarget(() => ({ kind: 'failure', failure: { kind: 'server', message: '500' }, tries: 3 }))
    await door(target).call('b', request('q'))
    const again = await door(target, { offline: true }).call('b', request('q'))
    expect(again.failure).toEqual({ kind: 'server', message: '500' })
    expect(target.sent).toBe(1)
  })

  it('never spends more than the limit, whatever is under way, and stops the run', async () => {
    const budget = new Budget(7)
    const target = new FakeTarget(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2))
      return reply('x')
    }, budget)
    const stop = new StopSwitch()
    const one = door(target, { stop })
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => one.call('b', request(`q${n}`))))
    expect(target.sent).toBe(3)
    expect(budget.spent).toBeLessThanOrEqual(7)
    expect(stop.reason).toBe('cost-limit')
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBe(17)
  })

  it('stops the run on a failure that no other call can escape', async () => {
    const fatal = new Error('wrong key')
    const target = new FakeTarget(() => ({
      kind: 'failure',
      failure: { kind: 'auth', message: '401' },
      tries: 1,
      fatal,
    }))
    const stop = new StopSwitch()
    await expect(door(target, { stop }).call('b', request('q'))).rejects.toThrow(RunStopped)
    expect(stop.error).toBe(fatal)
    await expect(door(target, { stop }).call('b', request('another'))).rejects.toThrow(RunStopped)
    expect(target.sent).toBe(1)
  })
})
