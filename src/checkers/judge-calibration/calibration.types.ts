import type { Sampling } from '../../core/sampling.ts'
import type { ConfusionCounts } from '../../stats/binary-agreement.ts'

/** A share with its denominator and Wilson's interval; null where there is nothing to divide by. */
export interface ShareFigure {
  readonly value: number | null
  readonly n: number
  readonly low: number | null
  readonly high: number | null
}

/** Agreement of the judge with the labels on some rows. Positive means satisfied. */
export interface AgreementFigures {
  readonly accuracy: ShareFigure
  readonly confusion: ConfusionCounts
  readonly balancedAccuracy: number
  readonly macroF1: number
  readonly kappa: number | null
  readonly kappaError: number | null
  readonly ac1: number | null
  /** Share of rows whose label is 1. */
  readonly baseRate: number | null
  /** Share of rows that the judge calls satisfied. */
  readonly judgeRate: number | null
  /** Accuracy of always giving the more frequent label. */
  readonly constantAccuracy: number | null
}

/** The same for one type of constraint. */
export interface TypeFigures extends AgreementFigures {
  readonly type: string
}

/** Agreement of the judge with itself. */
export interface ConsistencyFigures {
  readonly repeats: number
  /** Rows with at least two verdicts. */
  readonly rows: number
  /** Share of these rows whose verdicts are all equal. */
  readonly unanimous: ShareFigure
  /** Mean over these rows of the share of equal pairs. */
  readonly pairAgreement: number | null
  /** Accuracy of the majority of a row's verdicts; rows with a tie are left out. */
  readonly majorityAccuracy: ShareFigure
}

/** Figures that follow from the verdicts alone. */
export interface CalibrationFigures {
  readonly rows: number
  /** Rows whose first verdict was had; agreement is over these. */
  readonly judged: number
  readonly agreement: AgreementFigures
  /** Interval of the accuracy when rows of one cluster are resampled together; null where every row stands alone. */
  readonly clusteredInterval: { readonly low: number; readonly high: number; readonly clusters: number } | null
  /** Most rows first. */
  readonly byType: readonly TypeFigures[]
  /** Null with one repeat. */
  readonly consistency: ConsistencyFigures | null
  /** Over all repeats. */
  readonly verdicts: { readonly asked: number; readonly unparsed: number; readonly failed: number }
  /** Share of replies that could not be read, further rounds included. */
  readonly unreadableReplies: ShareFigure
}

/** `calibration.json`. */
export interface Calibration extends CalibrationFigures {
  readonly format: 1
  /** Identity of the endpoint, as in the scoring of a run's manifest. */
  readonly judge: string
  readonly judgeName: string
  /** Model ids that the judge's server said it used. */
  readonly returnedModels: readonly string[]
  readonly calibratedAt: string
  readonly set: { readonly file: string; readonly sha256: string; readonly limit: number | null }
  readonly settings: {
    readonly repeats: number
    readonly rounds: number
    readonly sampling: Sampling
    /** sha256 of the wording of the question. */
    readonly template: string
  }
  readonly usage: {
    readonly calls: number
    readonly inputTokens: number
    readonly outputTokens: number
    /** Replies without a token count. */
    readonly unknown: number
    /** USD; null when the judge has no price. */
    readonly cost: number | null
    /** USD per 1,000 verdicts that were had. */
    readonly costPerThousand: number | null
  }
}
