import type { JudgeAnswer } from '../../checkers/judge/ask-judge.ts'
import type { Status } from '../../core/status.ts'
import { parseFloatPython } from '../../text/parse-float.ts'
import type { JudgeParsing } from './item-metrics.ts'
import { fallbackScores, positionalScores } from './judge-reply.ts'

/** What one protocol reads out of the judge's replies to one response. */
export interface Judgement {
  readonly parsing: JudgeParsing
  /** 0-based round that was read; null when none was. */
  readonly round: number | null
  /** Score tokens by upstream's rules: one per criterion under parsing `1`, only ones under `0`, one zero under `-1`. */
  readonly tokens: readonly string[]
  /** Verdict per criterion, or null where the reading gives none. */
  readonly values: readonly (0 | 1)[] | null
  readonly status: Status
  readonly reason?: string
  /** Exception with which upstream would have ended the whole evaluation here. */
  readonly aborts?: 'ValueError' | 'AttributeError'
  readonly calls: readonly string[]
}

/** Rounds of upstream's judging loop. */
export const officialRounds = 10

/** Reply that upstream notes down for a round whose every try raised. */
const raised = 'Error'

/** Upstream's outcome: the strict reading of an accepted round, otherwise the fallback on the last one. */
export function officialJudgement(answer: JudgeAnswer<readonly string[]>): Judgement {
  const { status, parsed, rounds, keys, reason } = answer
  const calls = { calls: keys }
  if (parsed) {
    return { parsing: '1', round: rounds.length - 1, tokens: parsed, values: parsed.map(toVerdict), status, ...calls }
  }
  const last = rounds.at(-1)
  if (!last) return unread(status, reason, keys)
  const round = rounds.length - 1
  const fallback = fallbackScores(last.status === 'provider-error' ? raised : last.text)
  if ('error' in fallback) {
    const why = `${reason}; upstream's fallback ends the whole evaluation here with ${fallback.error}`
    return { ...unread(status, why, keys), round, aborts: fallback.error }
  }
  if (fallback.kept.length === 0) return { ...unread(status, reason, keys), round }
  // parity: only ones survive the fallback, so that the response counts as fully satisfied whatever the zeros were.
  const why = `${reason}; upstream's fallback keeps ${fallback.kept.length} one(s), drops the zeros and counts the response as fully satisfied`
  return { parsing: '0', round, tokens: fallback.kept, values: null, status, reason: why, ...calls }
}

/** The repaired outcome: the first round that can be read by position. */
export function positionalJudgement(answer: JudgeAnswer<unknown>, criteria: readonly string[]): Judgement {
  for (const { attempt, text } of answer.rounds) {
    const values = text === null ? null : positionalScores(text, criteria)
    if (!values) continue
    const calls = answer.keys.slice(0, attempt + 1)
    return { parsing: '1', round: attempt, tokens: values.map(String), values, status: 'ok', calls }
  }
  return unread(answer.status, answer.reason, answer.keys)
}

function unread(status: Status, reason: string | undefined, calls: readonly string[]): Judgement {
  return { parsing: '-1', round: null, tokens: ['0'], values: null, status, calls, ...(reason ? { reason } : {}) }
}

function toVerdict(token: string): 0 | 1 {
  return parseFloatPython(token) === 1 ? 1 : 0
}
