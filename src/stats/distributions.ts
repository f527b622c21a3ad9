import { cephes } from './_cephes.ts'

/** Quantile of the standard normal distribution: the z with P(Z <= z) = p. Error below 1e-14. */
export function normalQuantile(probability: number): number {
  return cephes().ndtri(probability)
}

/** P(Z <= z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return cephes().ndtr(z)
}

/** P(|Z| >= |z|) = erfc(|z|/√2), exact far into the tail. */
export function twoSidedNormalP(z: number): number {
  return cephes().erfc(Math.abs(z) / Math.SQRT2)
}

/**
 * Quantile of Student's t distribution.
 * @param degrees degrees of freedom, an integer >= 1
 */
export function studentQuantile(probability: number, degrees: number): number {
  return cephes().stdtri(degrees, probability)
}

/** P(T <= t) of Student's t distribution with `degrees` degrees of freedom. */
export function studentCdf(t: number, degrees: number): number {
  return cephes().stdtr(degrees, t)
}

/** Half the width of a two-sided interval in standard errors: 1.959963984540054 for 0.95. */
export function criticalValue(level: number): number {
  return normalQuantile((1 + level) / 2)
}

/** Level of every interval that is not asked for otherwise. */
export const defaultLevel = 0.95

/**
 * With fewer clusters than this the normal interval of a clustered figure is too narrow, and Student's t with one
 * degree of freedom less than clusters takes its place.
 */
export const fewClusters = 40

/** {@link criticalValue} for a standard error that was estimated from `clusters` clusters. */
export function clusterCriticalValue(level: number, clusters: number): number {
  return clusters < fewClusters ? studentQuantile((1 + level) / 2, clusters - 1) : criticalValue(level)
}
