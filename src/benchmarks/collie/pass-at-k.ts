/** The k for which pass@k is printed when n samples were drawn: round ones up to n, and n itself. */
export function reportedK(samples: number): readonly number[] {
  const round = [1, 2, 5, 10, 20, 50, 100].filter((k) => k < samples)
  return samples > 1 ? [...round, samples] : []
}

/** 1 when one of the first k samples passes (the paper's curves: trials in file order), else 0. */
export function passAmongFirst(passes: readonly boolean[], k: number): number {
  return passes.slice(0, k).includes(true) ? 1 : 0
}

/**
 * Unbiased estimate of the chance that one of k samples passes: 1 - C(n-c, k) / C(n, k) for c passes of n samples
 * (Chen et al. 2021, arXiv 2107.03374, equation 1, as a product). With fewer than k samples all of them are taken.
 */
export function passAtK(passes: readonly boolean[], k: number): number {
  const n = passes.length
  const failures = passes.filter((passed) => !passed).length
  const drawn = Math.min(k, n)
  if (failures < drawn) return 1
  let allFail = 1
  for (let index = 0; index < drawn; index += 1) allFail *= (failures - index) / (n - index)
  return 1 - allFail
}
