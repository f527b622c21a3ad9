/** Bonferroni: every p times the size of the family. */
export function bonferroni(ps: readonly number[]): number[] {
  return ps.map((p) => Math.min(1, p * ps.length))
}

/** Holm's step-down adjustment (Holm 1979), in the order of the input; ties go by position. */
export function holm(ps: readonly number[]): number[] {
  const adjusted = new Array<number>(ps.length)
  let largest = 0
  ascending(ps).forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (ps.length - rank) * ps[index]!))
    adjusted[index] = largest
  })
  return adjusted
}

/** Benjamini and Hochberg's q values, in the order of the input. */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const adjusted = new Array<number>(ps.length)
  let smallest = 1
  for (const [back, index] of ascending(ps).reverse().entries()) {
    smallest = Math.min(smallest, (ps.length * ps[index]!) / (ps.length - back))
    adjusted[index] = smallest
  }
  return adjusted
}

function ascending(ps: readonly number[]): number[] {
  return ps.map((_p, index) => index).sort((one, other) => ps[one]! - ps[other]! || one - other)
}
