import type { Sampling } from '../../core/sampling.ts'
import type { Status } from '../../core/status.ts'
import { askJudge } from '../judge/ask-judge.ts'
import type { ScoringContext } from '../scoring-context.ts'
import type { LabelledRow } from './labelled-set.ts'
import { questionHash, questionMessages, readSatisfied } from './question.ts'

/** How the judge is asked. */
export interface CalibrationSettings {
  /** Verdicts of each row, to see whether the judge agrees with itself. */
  readonly repeats: number
  /** Replies that may be asked for until one can be read. */
  readonly rounds: number
  readonly sampling: Sampling
}

/** One verdict of the judge on one row. */
export interface RowVerdict {
  readonly row: LabelledRow
  /** 0-based. */
  readonly repeat: number
  /** Null when no verdict was had. */
  readonly value: 0 | 1 | null
  readonly status: Status
  readonly reason?: string
  /** Replies that could not be read. */
  readonly unreadable: number
  /** Replies that were had. */
  readonly replies: number
}

/** Asks the judge about one row, once. */
export async function askRow(
  context: Pick<ScoringContext, 'call' | 'endpoint' | 'warn'>,
  row: LabelledRow,
  repeat: number,
  { rounds, sampling }: CalibrationSettings,
): Promise<RowVerdict> {
  const answer = await askJudge(context, {
    role: 'judge',
    purpose: 'calibrate',
    request: () => ({
      messages: questionMessages(row),
      sampling,
      sample: repeat,
      templateHash: questionHash,
      item: row.id,
    }),
    parse: (text) => {
      const satisfied = readSatisfied(text)
      return satisfied === null ? null : { satisfied }
    },
    maxAttempts: rounds,
    onWithheld: 'next-round',
  })
  const { parsed, status, reason } = answer
  const replies = answer.rounds.filter(({ failure }) => failure === undefined).length
  return {
    row,
    repeat,
    value: parsed === null ? null : parsed.satisfied ? 1 : 0,
    status,
    ...(reason === undefined ? {} : { reason }),
    replies,
    unreadable: parsed === null ? replies : replies - 1,
  }
}
