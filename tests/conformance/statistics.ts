import { readJsonl } from '../../src/core/jsonl.ts'
import { mulberry32 } from '../../src/core/random.ts'
import { bestOfK } from '../../src/stats/best-of-k.ts'
import { bootstrapReplicates, drawIndices } from '../../src/stats/bootstrap.ts'
import { clusteredError } from '../../src/stats/clustered-error.ts'
import { normalQuantile } from '../../src/stats/distributions.ts'
import { exactBootstrap } from '../../src/stats/exact-bootstrap.ts'
import { mcNemar } from '../../src/stats/mcnemar.ts'
import { benjaminiHochberg, bonferroni, holm } from '../../src/stats/multiple-testing.ts'
import { type BootstrapDifference, bootstrapDifference } from '../../src/stats/paired-bootstrap.ts'
import { pairedDifference } from '../../src/stats/paired-difference.ts'
import { passAtK, passHatK } from '../../src/stats/pass-at-k.ts'
import { detectableDifference, itemsNeeded } from '../../src/stats/power.ts'
import { quantile } from '../../src/stats/quantile.ts'
import { ratioSummary } from '../../src/stats/ratio.ts'
import { seedSummary } from '../../src/stats/seeds.ts'
import { signFlipP } from '../../src/stats/sign-flip.ts'
import { meanEstimate } from '../../src/stats/standard-error.ts'
import { differenceOf, meanOf, ratioOf } from '../../src/stats/statistics-of-draws.ts'
import { mean } from '../../src/stats/sum.ts'
import { wilcoxonSignedRank } from '../../src/stats/wilcoxon.ts'
import { wilson } from '../../src/stats/wilson.ts'
import type { ConformanceSuite } from './suite.ts'
import { firstDifference, type Vector } from './vector.ts'

interface Inputs {
  mean_se: { x: number[] }
  wilson: { k: number; n: number; z: number }
  clustered_se: { x: number[]; cluster: (string | number)[] }
  ratio_metric: { satisfied: number[]; total: number[] }
  paired_difference: { a: number[]; b: number[] }
  mcnemar: { b: number; c: number }
  wilcoxon_signed_rank: { d: number[] }
  sign_flip_exact: { d: number[] }
  multiple_testing: { p: number[] }
  pass_at_k: { n: number; c: number; k: number }
  best_of_k: { scores: number[]; k: number }
  power_paired: { delta: number; sd_of_difference: number; alpha: number; power: number }
  mde_paired: { n: number; sd_of_difference: number; alpha: number; power: number }
  quantile_linear: { x: number[]; q: number }
  inverse_normal: { p: number }
  mulberry32: { seed: number; count: number }
  bootstrap_indices: { seed: number; n: number }
  paired_bootstrap: { d: number[]; resamples: number; seed: number }
  clustered_bootstrap_ratio: {
    satisfied_a: number[]
    satisfied_b: number[]
    total: number[]
    resamples: number
    seed: number
  }
  exact_bootstrap: { d: number[] }
  multi_seed: { scores: number[][] }
}

const functions: { readonly [Name in keyof Inputs]: (input: Inputs[Name]) => Record<string, unknown> } = {
  mean_se({ x }) {
    const { n, mean, deviation, standardError, interval } = meanEstimate(x)
    return { n, mean, sd: deviation, se: standardError, ci95: interval }
  },
  wilson({ k, n, z }) {
    const { share, bernoulliStandardError, low, high } = wilson(k, n, z)
    return { p: share, se_bernoulli: bernoulliStandardError, ci: low === null ? null : [low, high] }
  },
  clustered_se({ x, cluster }) {
    const { n, clusters, mean, naive, clustered, corrected, miller, designEffect } = clusteredError(x, cluster)
    return {
      n,
      G: clusters,
      mean,
      se_naive: naive,
      se_clustered_miller: miller,
      se_clustered: clustered,
      se_clustered_corrected: corrected,
      deff: designEffect,
    }
  },
  ratio_metric({ satisfied, total }) {
    const { ratio, standardError, correctedStandardError, macro, allSatisfied } = ratioSummary(satisfied, total)
    return { ratio, se: standardError, se_corrected: correctedStandardError, macro, all_satisfied: allSatisfied }
  },
  paired_difference({ a, b }) {
    const paired = pairedDifference(a, b)
    return {
      n: paired.n,
      mean_diff: paired.difference,
      se_paired: paired.standardError,
      se_unpaired: paired.unpairedStandardError,
      corr: paired.correlation,
      z: paired.z,
      p_normal: paired.p,
      ci95: paired.interval,
    }
  },
  mcnemar({ b, c }) {
    const test = mcNemar(b, c)
    return {
      p_exact: test.exactP,
      p_mid: test.midP,
      chi2: test.chiSquare,
      p_chi2: test.chiSquareP,
      chi2_cc: test.correctedChiSquare,
      p_chi2_cc: test.correctedChiSquareP,
    }
  },
  wilcoxon_signed_rank({ d }) {
    const { n, plus, minus, exactP, z, normalP, correctedNormalP } = wilcoxonSignedRank(d)
    return { n, w_plus: plus, w_minus: minus, p_exact: exactP, z, p_normal: normalP, p_normal_cc: correctedNormalP }
  },
  sign_flip_exact: ({ d }) => ({ p: signFlipP(d) }),
  multiple_testing: ({ p }) => ({ bonferroni: bonferroni(p), holm: holm(p), bh: benjaminiHochberg(p) }),
  pass_at_k: ({ n, c, k }) => ({ pass_at_k: passAtK(n, c, k), pass_hat_k: passHatK(n, c, k) }),
  best_of_k: ({ scores, k }) => ({
    expected_max: bestOfK(scores, k),
    mean: mean(scores),
    max: bestOfK(scores, scores.length),
  }),
  power_paired({ delta, sd_of_difference, alpha, power }) {
    const { unrounded, items } = itemsNeeded(delta, sd_of_difference, { alpha, power })
    return { n_real: unrounded, n: items }
  },
  mde_paired: ({ n, sd_of_difference, ...options }) => ({ mde: detectableDifference(n, sd_of_difference, options) }),
  quantile_linear: ({ x, q }) => ({ value: quantile(x, q) }),
  inverse_normal: ({ p }) => ({ z: normalQuantile(p) }),
  mulberry32: ({ seed, count }) => ({ u: Array.from({ length: count }, mulberry32(seed)) }),
  bootstrap_indices({ seed, n }) {
    const indices = new Uint32Array(n)
    drawIndices(mulberry32(seed), indices)
    return { indices: [...indices] }
  },
  paired_bootstrap({ d, resamples, seed }) {
    const options = { replicates: resamples, seed }
    const found = bootstrapDifference(d.length, meanOf(d), options)
    return {
      ...bootstrapFields(found),
      p_two_sided_percentile: found.percentileP,
      first5: [...bootstrapReplicates(d.length, meanOf(d), options).subarray(0, 5)],
    }
  },
  clustered_bootstrap_ratio({ satisfied_a, satisfied_b, total, resamples, seed }) {
    const difference = differenceOf(ratioOf(satisfied_a, total), ratioOf(satisfied_b, total))
    return bootstrapFields(bootstrapDifference(total.length, difference, { replicates: resamples, seed }))
  },
  exact_bootstrap({ d }) {
    const { shareAtMostZero, shareAtLeastZero, varianceOfMean } = exactBootstrap(d)
    return { share_le_0: shareAtMostZero, share_ge_0: shareAtLeastZero, bootstrap_variance_of_mean: varianceOfMean }
  },
  multi_seed({ scores }) {
    const summary = seedSummary(scores)
    return {
      seed_means: summary.seedMeans,
      mean: summary.mean,
      sd_over_seeds: summary.deviationOverSeeds,
      se_over_seeds: summary.errorOverSeeds,
      item_mean_se: summary.errorOverItems,
      mean_within_item_variance: summary.withinItemVariance,
      between_item_variance: summary.betweenItemVariance,
    }
  },
}

function bootstrapFields(found: BootstrapDifference): Record<string, unknown> {
  return {
    observed: found.observed,
    ci: found.interval,
    share_le_0: found.shareAtMostZero,
    share_ge_0: found.shareAtLeastZero,
    p_shift: found.p,
  }
}

export const suite: ConformanceSuite = {
  name: 'statistics',
  async run(folders, report) {
    const file = 'vectors.jsonl'
    const path = report.file(folders, file)
    if (!path) return
    for await (const { value } of readJsonl<Vector>(path)) {
      const run = functions[value.fn as keyof Inputs] as ((input: unknown) => Record<string, unknown>) | undefined
      const miss = run ? firstDifference(value, run(value.input)) : `no function ${value.fn}`
      report.check(file, value.fn, value.id, miss === null, () => miss!)
    }
  },
}

export default suite
