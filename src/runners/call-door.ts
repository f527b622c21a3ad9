import type { CallFailure, CallRequest, CallRole, Reply } from '../core/call.ts'
import { callKey } from './call-key.ts'
import type { CallLog } from './call-log.ts'
import { type FailureRecord, type ReplyRecord, recordHead, toFailedReply, toReply } from './call-record.ts'
import type { CallTarget } from './call-target.ts'
import { CallTurns } from './call-turns.ts'
import type { RunMeter } from './run-meter.ts'
import { RunStopped, type StopSwitch } from './stop.ts'

/** What the door needs to know of a run. */
export interface CallDoorOptions {
  readonly log: CallLog
  readonly targets: ReadonlyMap<CallRole, CallTarget>
  readonly stop: StopSwitch
  readonly meter: RunMeter
  /** With true no new call is made: what is not in the log fails with the reason `offline`. */
  readonly offline: boolean
}

/**
 * The one door to everything that costs money or time. A call that is in the log is answered from it; an equal call
 * under way is shared; any other goes to the queue of its endpoint, and its reply is on disk before anybody sees it.
 */
export class CallDoor {
  readonly #options: CallDoorOptions
  readonly #underWay = new Map<string, Promise<Reply>>()
  readonly #turns = new CallTurns()

  constructor(options: CallDoorOptions) {
    this.#options = options
  }

  /**
   * Answers a request. Failed calls come back as a reply with status `provider-error`.
   * @throws RunStopped when the run is stopping: the item stays unfinished
   */
  async call(benchmark: string, request: CallRequest): Promise<Reply> {
    const target = this.#options.targets.get(request.role)
    if (!target) throw new Error(`No endpoint is bound to the role ${request.role}: scorers must ask endpoint() first`)
    await this.#turns.pass(request.role === 'model' ? 'generating' : 'scoring')
    const key = callKey(target, benchmark, request)
    const shared = this.#underWay.get(key)
    if (shared) return shared
    const answer = this.#answer(key, target, benchmark, request).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, answer)
    return answer
  }

  async #answer(key: string, target: CallTarget, benchmark: string, request: CallRequest): Promise<Reply> {
    const { log, meter, offline, stop } = this.#options
    if (log.has(key)) {
      meter.fromLog(benchmark)
      return toReply((await log.get(key))!)
    }
    const logged = await log.failure(key)
    if (logged && (await this.#isPassedOver(target, benchmark, request))) {
      meter.fromLog(benchmark)
      return toFailedReply(key, logged.failure)
    }
    if (offline) {
      // A call that failed is told as it failed, not as one that nobody made.
      const failure: CallFailure = logged?.failure ?? {
        kind: 'aborted',
        message: 'offline: the call is not in the log',
      }
      meter.failed(benchmark, failure)
      return toFailedReply(key, failure)
    }
    stop.throwIfStopped()
    return this.#send(key, target, benchmark, request)
  }

  /**
   * True for a failed round behind which a later one got its reply: the protocol went on without it. Making it again
   * would pay for what is measured already, and could change it.
   */
  async #isPassedOver(target: CallTarget, benchmark: string, request: CallRequest): Promise<boolean> {
    const { attempt: own = 0, laterRounds = 0 } = request
    for (let attempt = own + 1; attempt <= own + laterRounds; attempt++) {
      if (this.#options.log.has(callKey(target, benchmark, { ...request, attempt }))) return true
    }
    return false
  }

  async #send(key: string, target: CallTarget, benchmark: string, request: CallRequest): Promise<Reply> {
    const { log, meter, stop } = this.#options
    const head = recordHead(key, target.id, benchmark, request)
    const reserved = await target.reserve(request)
    if (reserved === null) {
      stop.drain('cost-limit')
      throw new RunStopped('cost-limit')
    }
    let cost = 0
    try {
      stop.throwIfStopped()
      const started = performance.now()
      const outcome = await target.send(benchmark, request, stop)
      const ms = Math.round(performance.now() - started)
      const at = new Date().toISOString()
      if (outcome.kind === 'failure') {
        if (outcome.failure.kind === 'aborted' && stop.reason) throw new RunStopped(stop.reason)
        const { failure, tries } = outcome
        const record: FailureRecord = { v: 1, kind: 'failure', ...head, failure, tries, at, ms }
        await log.addFailure(record)
        meter.failed(benchmark, failure)
        if (outcome.fatal) {
          stop.drain('fatal', outcome.fatal)
          throw new RunStopped('fatal')
        }
        return toFailedReply(key, failure)
      }
      const { reply, tries } = outcome
      // A reply without a count is charged in full, so that a budget holds.
      cost = target.cost(reply.usage) ?? reserved
      const record: ReplyRecord = {
        v: 1,
        kind: 'reply',
        ...head,
        sampling: request.sampling,
        templateHash: request.templateHash ?? null,
        ...(request.role === 'model' ? { messages: request.messages } : {}),
        status: reply.status,
        text: reply.text,
        reasoning: reply.reasoning,
        finishReason: reply.finishReason,
        returnedModel: reply.returnedModel,
        usage: reply.usage,
        tries,
        at,
        ms,
        raw: reply.raw,
      }
      await log.add(record)
      meter.replied(benchmark, request.role, reply.usage, cost)
      return toReply(record)
    } finally {
      target.settle(reserved, cost)
    }
  }
}
