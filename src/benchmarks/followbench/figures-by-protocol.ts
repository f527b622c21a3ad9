import { mean, meanOfLevels } from './averages.ts'
import { addFigure, type FigureScope, presentTypes } from './figures.ts'
import { isBlocked, isMissing } from './paths.ts'
import type { ConstraintType } from './schema.ts'
import { sharesOf } from './shares.ts'
import type { Tally } from './tally.ts'

const levels = [0, 1, 2, 3, 4] as const
const rate = { scale: 'fraction', unit: 'item' } as const
const chain = { scale: 'count', unit: 'group' } as const

/** The two rates: all constraints of an item met, and the share of them. */
const rates = {
  hsr: (tally: Tally) => (type: ConstraintType, level: number) => tally.hsr(type, level),
  ssr: (tally: Tally) => (type: ConstraintType, level: number) => tally.ssr(type, level),
} as const
const rateIds = ['hsr', 'ssr'] as const

/** Headline figures: means over the types, then over the five levels; CSL as a mean over the types. */
export function addAverages({ table, protocol, paths }: FigureScope): void {
  const present = presentTypes(paths)
  for (const id of rateIds) {
    const compute = (tally: Tally) => meanOfLevels(rates[id](tally), present, levels)
    addFigure(table, protocol, { head: { id, ...rate }, paths, compute })
  }
  const compute = (tally: Tally) => mean(present.map((type) => tally.csl(type)))
  addFigure(table, protocol, { head: { id: 'csl', ...chain }, paths, compute })
}

/** HSR and SSR of each level: means over the types. */
export function addLevels({ table, protocol, paths }: FigureScope): void {
  const present = presentTypes(paths)
  for (const id of rateIds) {
    for (const level of levels) {
      const group = { dimension: 'level', value: String(level + 1) }
      const compute = (tally: Tally) => meanOfLevels(rates[id](tally), present, [level])
      addFigure(table, protocol, { head: { id, ...rate, group }, paths, level, compute })
    }
  }
}

/** HSR, SSR (means over the five levels) and CSL of each type. */
export function addTypes({ table, protocol, paths }: FigureScope): void {
  for (const type of presentTypes(paths)) {
    const group = { dimension: 'type', value: type }
    const own = paths.filter((path) => path.type === type)
    for (const id of rateIds) {
      const compute = (tally: Tally) => meanOfLevels(rates[id](tally), [type], levels)
      addFigure(table, protocol, { head: { id, ...rate, group }, paths: own, compute })
    }
    addFigure(table, protocol, {
      head: { id: 'csl', ...chain, group },
      paths: own,
      compute: (tally) => tally.csl(type),
    })
  }
}

/** HSR and SSR of each type at each level: plain rates, so that they get Wilson and cluster-robust intervals. */
export function addTypeLevels({ table, protocol, paths }: FigureScope): void {
  for (const type of presentTypes(paths)) {
    const own = paths.filter((path) => path.type === type)
    for (const id of rateIds) {
      for (const level of levels) {
        const head = { id, ...rate, group: { dimension: 'type-level', value: `${type} L${level + 1}` } }
        const isMeasured = own.some((path) => sharesOf(path, protocol, 'protocol').counts[level] === 1)
        if (isBlocked(own) || !isMeasured) {
          const compute = (tally: Tally) => rates[id](tally)(type, level)
          addFigure(table, protocol, { head, paths: own, level, compute })
        } else addRatio({ table, protocol, paths: own }, head, id, level)
      }
    }
  }
}

/** HSR of the items that a rule decides, pooled over items: needs no judge. Overall and by type. */
export function addRuleScored(scope: FigureScope): void {
  const own = scope.paths.filter(({ isJudged }) => !isJudged)
  if (own.length === 0) return
  for (const level of levels) addRatio({ ...scope, paths: own }, { id: 'hsr-rule', ...rate }, 'hsr', level)
  for (const type of presentTypes(own)) {
    const head = { id: 'hsr-rule', ...rate, group: { dimension: 'type', value: type } }
    const paths = own.filter((path) => path.type === type)
    for (const level of levels) addRatio({ ...scope, paths }, head, 'hsr', level)
  }
}

function addRatio(
  { table, protocol, paths }: FigureScope,
  head: Parameters<typeof addFigure>[2]['head'],
  id: (typeof rateIds)[number],
  level: number,
): void {
  const score = id === 'hsr' ? 'hard' : 'soft'
  for (const path of paths) {
    const outcome = path.outcomes[level]
    if (!outcome) continue
    const share = (reading: Parameters<typeof sharesOf>[2]) => {
      const shares = sharesOf(path, protocol, reading)
      return { numerator: shares[score][level]!, denominator: shares.counts[level]! }
    }
    const missing = isMissing(outcome) ? { missing: 1, low: share('all-failed'), high: share('all-passed') } : {}
    table.ratio({ ...head, protocol }, { cluster: path.cluster, ...share('protocol'), ...missing })
  }
}
