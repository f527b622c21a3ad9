import type { Metric } from '../../core/metric.ts'
import type { Protocol } from '../../core/verdict.ts'
import type { MetricTable } from '../../stats/metric-table.ts'
import { isBlocked, isMissing, type Path } from './paths.ts'
import { type ConstraintType, types } from './schema.ts'
import { type Reading, sharesOf } from './shares.ts'
import { type PathShares, Tally } from './tally.ts'

/** What names a figure. */
export type FigureHead = Pick<Metric, 'id' | 'scale' | 'unit'> & Partial<Pick<Metric, 'group'>>

/** One figure that is computed from the sums of some paths. */
export interface FigureDefinition {
  readonly head: FigureHead
  /** Paths that the figure is about. */
  readonly paths: readonly Path[]
  /** Levels (0-based) that count in `n` and `missing`; all when left out. */
  readonly level?: number
  readonly compute: (tally: Tally) => number | null
}

/** What a family of figures is made of. */
export interface FigureScope {
  readonly table: MetricTable
  readonly protocol: Protocol
  readonly paths: readonly Path[]
}

/** Types that occur, in upstream's order. */
export function presentTypes(paths: readonly Path[]): readonly ConstraintType[] {
  return types.filter((type) => paths.some((path) => path.type === type))
}

/** A tally of these paths, as the protocol counts them or at one end of the bounds. */
export function tallyOf(paths: readonly Path[], protocol: Protocol, reading: Reading = 'protocol'): Tally {
  const tally = new Tally()
  for (const path of paths) tally.add(sharesOf(path, protocol, reading))
  return tally
}

/** Adds a figure to a table, with its denominator, its missing items and its bounds. */
export function addFigure(table: MetricTable, protocol: Protocol, definition: FigureDefinition): void {
  const { head, paths, compute } = definition
  const { clusters, members } = groupByCluster(paths, (path) => sharesOf(path, protocol, 'protocol'))
  const missing = countMissing(definition)
  const isDefined = !isBlocked(paths) && hasAllCells(definition, protocol)
  const ends = (reading: Reading) => compute(tallyOf(paths, protocol, reading))
  const low = missing > 0 ? ends('all-failed') : null
  const high = missing > 0 ? ends('all-passed') : null
  table.composed(
    { ...head, protocol },
    {
      clusters,
      evaluate: (indices) => (isDefined ? compute(draw(members, indices)) : null),
      n: countItems(definition, members.flat()),
      missing,
      bounds: low !== null && high !== null ? { low, high } : null,
    },
  )
}

/** The members of each cluster, in the order in which clusters first come. */
export function groupByCluster<Member>(
  paths: readonly Path[],
  make: (path: Path) => Member,
): { readonly clusters: readonly string[]; readonly members: readonly (readonly Member[])[] } {
  const byCluster = new Map<string, Member[]>()
  for (const path of paths) {
    const members = byCluster.get(path.cluster)
    if (members) members.push(make(path))
    else byCluster.set(path.cluster, [make(path)])
  }
  return { clusters: [...byCluster.keys()], members: [...byCluster.values()] }
}

function draw(members: readonly (readonly PathShares[])[], indices: ArrayLike<number>): Tally {
  const tally = new Tally()
  for (let at = 0; at < indices.length; at++) for (const shares of members[indices[at]!]!) tally.add(shares)
  return tally
}

function outcomesInScope({ paths, level }: FigureDefinition) {
  return paths.flatMap(({ outcomes }) => (level === undefined ? outcomes : [outcomes[level]]))
}

function countMissing(definition: FigureDefinition): number {
  if (definition.head.unit === 'group') {
    return definition.paths.filter(({ outcomes }) => outcomes.some((outcome) => outcome && isMissing(outcome))).length
  }
  return outcomesInScope(definition).filter((outcome) => outcome && isMissing(outcome)).length
}

function countItems({ head, level }: FigureDefinition, shares: readonly PathShares[]): number {
  if (head.unit === 'group') return shares.filter(({ chain }) => chain !== null).length
  return shares.reduce((sum, { counts }) => sum + (level === undefined ? counts.reduce(add, 0) : counts[level]!), 0)
}

const add = (one: number, other: number) => one + other

/**
 * False when a whole cell (type and level) of the figure is unmeasured: a mean over the other cells would pass for the
 * figure of all of them.
 */
function hasAllCells(definition: FigureDefinition, protocol: Protocol): boolean {
  const cells = new Map<string, { wanted: boolean; counted: boolean }>()
  for (const path of definition.paths) {
    const { counts, chain } = sharesOf(path, protocol, 'protocol')
    path.outcomes.forEach((outcome, level) => {
      if (!outcome || (definition.level !== undefined && definition.level !== level)) return
      const key = definition.head.unit === 'group' ? path.type : `${path.type} ${level}`
      const cell = cells.get(key) ?? { wanted: false, counted: false }
      cell.wanted ||= isMissing(outcome)
      cell.counted ||= definition.head.unit === 'group' ? chain !== null : counts[level] === 1
      cells.set(key, cell)
    })
  }
  return [...cells.values()].every(({ wanted, counted }) => counted || !wanted)
}
