import type { MetricHead } from '../../stats/metric-table.ts'
import type { FigureScope } from './figures.ts'
import type { ConstraintOutcome } from './paths.ts'

/**
 * `csr`: share of the added constraints of the judged items that are met, pooled over constraints; overall and by kind of
 * constraint. Not a figure of upstream: it is what a scorer that cannot decide every constraint (a reward model alone)
 * can still say. Constraints without a verdict are left out and counted.
 */
export function addConstraintRates({ table, protocol, paths }: FigureScope): void {
  const head: MetricHead = { id: 'csr', protocol, scale: 'fraction', unit: 'constraint' }
  const judged = paths.filter(({ isJudged }) => isJudged)
  const kinds = [...new Set(judged.flatMap(({ constraints }) => constraints.map(({ kind }) => kind)))].sort()
  for (const { cluster, constraints } of judged) table.ratio(head, { cluster, ...share(constraints) })
  for (const kind of kinds) {
    const group = { dimension: 'kind', value: kind }
    for (const { cluster, constraints } of judged) {
      const own = constraints.filter((constraint) => constraint.kind === kind)
      if (own.length > 0) table.ratio({ ...head, group }, { cluster, ...share(own) })
    }
  }
}

function share(constraints: readonly ConstraintOutcome[]) {
  const numerator = constraints.filter(({ value }) => value === 1).length
  const missing = constraints.filter(({ value }) => value === null).length
  const all = constraints.length
  return {
    numerator,
    denominator: all - missing,
    missing,
    low: { numerator, denominator: all },
    high: { numerator: numerator + missing, denominator: all },
  }
}
