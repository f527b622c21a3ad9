import { type GroupRow, rankGroup } from '../../src/checkers/reward-model/group-rank.ts'
import { readJsonl } from '../../src/core/jsonl.ts'
import { binaryAgreement } from '../../src/stats/binary-agreement.ts'
import { calibration } from '../../src/stats/calibration-bins.ts'
import { krippendorffNominal, type NominalRating } from '../../src/stats/krippendorff.ts'
import { brierScore, logLoss } from '../../src/stats/probability-scores.ts'
import { rankCorrelation } from '../../src/stats/rank-correlation.ts'
import { auroc, averagePrecision } from '../../src/stats/ranking-quality.ts'
import type { ConformanceSuite } from './suite.ts'
import { firstDifference, type Vector } from './vector.ts'

interface Inputs {
  binary_agreement: { tp: number; fp: number; fn: number; tn: number }
  probabilities: { label: number[]; prob: number[]; bins: number }
  kendall: { x: number[]; y: number[] }
  krippendorff_nominal: { units: NominalRating[][] }
  group_rank_agreement: { group_size: number; items: GroupRow[] }
}

const functions: { readonly [Name in keyof Inputs]: (input: Inputs[Name]) => Record<string, unknown> } = {
  binary_agreement({ tp, fp, fn, tn }) {
    const agreement = binaryAgreement({ truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn })
    return {
      ...agreement,
      f1_negative: agreement.f1Negative,
      macro_f1: agreement.macroF1,
      balanced_accuracy: agreement.balancedAccuracy,
      kappa_se_simple: agreement.kappaError,
      gwet_ac1: agreement.ac1,
    }
  },
  probabilities({ label, prob, bins }) {
    const { ece, mce, bins: found } = calibration(label, prob, bins)
    return {
      auroc: auroc(label, prob),
      average_precision: averagePrecision(label, prob),
      brier: brierScore(label, prob),
      log_loss: logLoss(label, prob),
      ece,
      mce,
      bins: found.map(({ n, meanProbability, meanLabel }) => ({ n, conf: meanProbability, acc: meanLabel })),
    }
  },
  kendall({ x, y }) {
    const ranking = rankCorrelation(x, y)
    return {
      concordant: ranking.concordant,
      discordant: ranking.discordant,
      ties_x_only: ranking.tiedFirst,
      ties_y_only: ranking.tiedSecond,
      ties_both: ranking.tiedBoth,
      tau_a: ranking.tauA,
      tau_b: ranking.tauB,
      tau_c: ranking.tauC,
      gamma: ranking.gamma,
      pairwise_acc_eq: ranking.pairwiseAccuracy,
      pairwise_acc_strict: ranking.pairwiseStrict,
      pairwise_acc_half: ranking.pairwiseHalf,
    }
  },
  krippendorff_nominal: ({ units }) => ({ alpha: krippendorffNominal(units) }),
  group_rank_agreement({ items }) {
    const group = rankGroup(items)
    return {
      rank_by_score: group.rankByScore,
      rank_by_label: group.rankByLabel,
      kendall_tau_official: group.officialTau,
      position_consistency: group.positionConsistency,
      exact_match: Number(group.exactMatch),
      kendall_tau_b_no_tiebreak: group.plainTau,
    }
  },
}

export const suite: ConformanceSuite = {
  name: 'agreement',
  async run(folders, report) {
    for (const file of ['vectors.jsonl', 'group_rank.jsonl']) {
      const path = report.file(folders, file)
      if (!path) continue
      for await (const { value } of readJsonl<Vector>(path)) {
        const run = functions[value.fn as keyof Inputs] as ((input: unknown) => Record<string, unknown>) | undefined
        const miss = run ? firstDifference(value, run(value.input)) : `no function ${value.fn}`
        report.check(file, value.kind ?? value.fn, value.id, miss === null, () => miss!)
      }
    }
  },
}

export default suite
