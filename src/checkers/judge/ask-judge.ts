import type { CallFailure, CallRequest, CallRole, Reply } from '../../core/call.ts'
import type { Status } from '../../core/status.ts'
import type { ScoringContext } from '../scoring-context.ts'
import { warnOnDrift } from './warn-on-drift.ts'

/** One question to a judge, asked in rounds until a reply can be read. */
export interface JudgeQuestion<Parsed> {
  readonly role: Extract<CallRole, 'judge' | 'extractor' | 'generator'>
  /** Name of the step in the call key: `judge`, `extract`. */
  readonly purpose: string
  /**
   * The request of one round (0-based), without role, purpose and attempt. Rounds may differ (a seed per round); the
   * round's number is part of the call key anyway, so that equal requests are asked again.
   */
  request(attempt: number): Omit<CallRequest, 'role' | 'purpose' | 'attempt'>
  /**
   * Reads a reply; null when it cannot be read. Must not throw. The text may be empty, never null; the status tells a
   * reply that was cut at its token limit (`truncated`) from a whole one.
   */
  parse(text: string, attempt: number, status: Status, reasoning: string | null): Parsed | null
  /** Rounds that the protocol allows, at least 1. */
  readonly maxAttempts: number
  /** Attempt index of the first round, where an equal question got no reply before and is put again. @default 0 */
  readonly firstAttempt?: number
  /**
   * What a failed call (the endpoint's own retries are over) means for the rounds: the end (`stop`, the default: the
   * next run asks again) or one used round among others (`next-round`).
   */
  readonly onFailure?: 'stop' | 'next-round'
  /**
   * What a reply without text (refused, thinking that never ends) means for the rounds. Unlike a failed call it is in
   * the log, so that asking on can be repeated from there. @default as `onFailure`
   */
  readonly onWithheld?: 'stop' | 'next-round'
}

/** One reply of a judge, as it came. */
export interface JudgeRound {
  /** 0-based. */
  readonly attempt: number
  /** Key of the call. */
  readonly key: string
  readonly status: Status
  /** Null when the call failed or the answer was withheld. */
  readonly text: string | null
  /** Message of the failure, when the call failed. */
  readonly failure?: string
  /** Kind of the failure, when the call failed. */
  readonly failureKind?: CallFailure['kind']
}

/**
 * How a question ended. `judge-unparsed`: there were replies and none could be read; `judge-error`: there was no reply
 * (all calls failed, were refused, or came back empty), or a failed call stopped the rounds; `excluded`: nobody was asked.
 */
export interface JudgeAnswer<Parsed> {
  readonly status: Extract<Status, 'ok' | 'judge-unparsed' | 'judge-error' | 'excluded'>
  /** Null unless `status` is `ok`. */
  readonly parsed: Parsed | null
  readonly rounds: readonly JudgeRound[]
  /** Keys of all rounds in order, for {@link Verdict.calls}. */
  readonly keys: readonly string[]
  /** `judge:<endpoint>`, for {@link Verdict.scorer}; `judge` alone when no endpoint is bound. */
  readonly scorer: string
  /** Why there is no verdict; undefined when `status` is `ok`. */
  readonly reason?: string
}

/**
 * Asks a judge in rounds. Every round is a call with its own attempt index, so that a resumed or offline run finds each
 * of them in the log. Failed calls and unreadable replies are kept apart. Nothing is thrown for either; only the stop of
 * the run passes through.
 */
export async function askJudge<Parsed>(
  context: Pick<ScoringContext, 'call' | 'endpoint' | 'warn'>,
  question: JudgeQuestion<Parsed>,
): Promise<JudgeAnswer<Parsed>> {
  const { role, purpose, maxAttempts, firstAttempt = 0, onFailure = 'stop', onWithheld = onFailure } = question
  const endpoint = context.endpoint(role)
  if (endpoint === null) {
    return { status: 'excluded', parsed: null, rounds: [], keys: [], scorer: 'judge', reason: `no ${role} configured` }
  }
  const rounds: JudgeRound[] = []
  const end = (status: JudgeAnswer<Parsed>['status'], parsed: Parsed | null, reason?: string): JudgeAnswer<Parsed> => ({
    status,
    parsed,
    rounds,
    keys: rounds.map(({ key }) => key),
    scorer: `judge:${endpoint}`,
    ...(reason === undefined ? {} : { reason }),
  })
  let failure: Reply | null = null
  let isCutShort = false
  for (let attempt = firstAttempt; attempt < firstAttempt + maxAttempts; attempt++) {
    const laterRounds = onFailure === 'next-round' ? firstAttempt + maxAttempts - 1 - attempt : 0
    const reply = await context.call({ ...question.request(attempt), role, purpose, attempt, laterRounds })
    const failed = reply.failure ? { failure: reply.failure.message, failureKind: reply.failure.kind } : {}
    rounds.push({ attempt, key: reply.key, status: reply.status, text: reply.text, ...failed })
    warnOnDrift(context, role, endpoint, reply.returnedModel)
    if (reply.text === null) {
      failure = reply
      // Nobody was asked (a dry run, a batch that collects calls, an offline run): no round was used up.
      const isLast =
        reply.failure?.kind === 'aborted' || (reply.status === 'provider-error' ? onFailure : onWithheld) === 'stop'
      if (!isLast) continue
      isCutShort = reply.status === 'provider-error'
      break
    }
    const parsed = question.parse(reply.text, attempt, reply.status, reply.reasoning)
    if (parsed !== null) return end('ok', parsed)
  }
  const read = rounds.filter(({ text }) => text !== null && text.trim() !== '')
  const last = read.at(-1)
  // A call that failed leaves rounds open: the next run asks on, whatever came before.
  if (last && !isCutShort) {
    const count = `${read.length} ${read.length === 1 ? 'reply' : 'replies'}`
    return end(
      'judge-unparsed',
      null,
      `no verdict could be read in ${count} of the ${role}; the last: ${excerpt(last.text!)}`,
    )
  }
  return end('judge-error', null, failure ? describeFailure(role, failure) : `the ${role} answered nothing`)
}

function describeFailure(role: CallRole, { failure, status }: Reply): string {
  return failure ? `the ${role} call failed: ${failure.message}` : `the ${role} gave no answer (${status})`
}

function excerpt(text: string): string {
  const characters = [...text.slice(0, 200)]
  return JSON.stringify(characters.length > 80 ? `${characters.slice(0, 80).join('')}…` : characters.join(''))
}
