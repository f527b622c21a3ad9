/**
 * Chance that at least one of k samples, drawn without replacement from n of which c are right, is right:
 * 1 - C(n - c, k)/C(n, k). Source: Chen et al. 2021, arXiv 2107.03374.
 * @throws RangeError unless 1 <= k <= n and 0 <= c <= n
 */
export function passAtK(n: number, c: number, k: number): number {
  checkCounts(n, c, k)
  return 1 - drawsAllFrom(n - c, n, k)
}

/** Chance that all of k samples are right, pass^k: C(c, k)/C(n, k). Throws as {@link passAtK}. */
export function passHatK(n: number, c: number, k: number): number {
  checkCounts(n, c, k)
  return drawsAllFrom(c, n, k)
}

/** C(part, k)/C(n, k) as a product, without large numbers. */
function drawsAllFrom(part: number, n: number, k: number): number {
  let share = 1
  for (let draw = 0; draw < k && share > 0; draw += 1) share *= Math.max(0, part - draw) / (n - draw)
  return share
}

function checkCounts(n: number, c: number, k: number): void {
  if (k >= 1 && k <= n && c >= 0 && c <= n) return
  throw new RangeError(`Expected 1 <= k <= n and 0 <= c <= n, got k = ${k}, c = ${c}, n = ${n}`)
}
