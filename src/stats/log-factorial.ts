import { cephes } from './_cephes.ts'

/** ln n! */
export function logFactorial(n: number): number {
  return cephes().lgam(n + 1)
}

/** ln C(n, k) for 0 <= k <= n. */
export function logBinomial(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}
