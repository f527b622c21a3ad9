import type { RuleLanguage } from '../../checkers/followbench/rule.ts'
import { cellPrinter, levelWeighted, type OfficialCells, officialCells, printedAverages } from './cells.ts'
import { addFigure, type FigureScope, groupByCluster, presentTypes } from './figures.ts'
import { type OpenCompassScores, openCompassAverage, openCompassScores } from './open-compass.ts'
import { isBlocked, isMissing, type Path } from './paths.ts'
import type { Tally } from './tally.ts'

const rate = { scale: 'fraction', unit: 'item' } as const
const chain = { scale: 'count', unit: 'group' } as const

/** Averages as the published tables have them: made from the printed, rounded cells. */
export function addPrinted({ table, protocol, paths }: FigureScope, language: RuleLanguage): void {
  const ofCells = cellFigure(paths, language)
  addFigure(table, protocol, { head: { id: 'hsr-printed', ...rate }, paths, compute: ofCells(printedAverages.hsr) })
  addFigure(table, protocol, { head: { id: 'ssr-printed', ...rate }, paths, compute: ofCells(printedAverages.ssr) })
  addFigure(table, protocol, { head: { id: 'csl-printed', ...chain }, paths, compute: ofCells(printedAverages.csl) })
}

/** What aggregator.py prints (English only: it cannot read the percent signs of the Chinese files). */
export function addLevelWeighted({ table, protocol, paths }: FigureScope): void {
  const own = paths.filter(({ type }) => type !== 'example')
  if (own.length === 0) return
  const ofCells = cellFigure(own, 'en')
  addFigure(table, protocol, {
    head: { id: 'aggregator-hsr', ...rate },
    paths: own,
    compute: ofCells(levelWeighted.hsr),
  })
  addFigure(table, protocol, {
    head: { id: 'aggregator-ssr', ...rate },
    paths: own,
    compute: ofCells(levelWeighted.ssr),
  })
}

/** OpenCompass's averages and levels: judged items only, all types pooled. Never to be mixed with the others. */
export function addOpenCompass({ table, protocol, paths }: FigureScope): void {
  const judged = paths.filter(({ isJudged }) => isJudged)
  const { replies } = openCompassScores(judged)
  const isDefined = replies > 0 && !isBlocked(judged)
  const { clusters, members } = groupByCluster(judged, (path) => path)
  const add = (id: string, level: number | null, compute: (scores: OpenCompassScores) => number | null) => {
    const group = level === null ? {} : { group: { dimension: 'level', value: String(level + 1) } }
    table.composed(
      { id, ...rate, ...group, protocol },
      {
        clusters,
        evaluate: (indices) => {
          const drawn = Array.from(indices, (index) => members[index]!).flat()
          return isDefined ? compute(openCompassScores(drawn)) : null
        },
        n: replies,
        missing: countMissing(judged),
        bounds: null,
      },
    )
  }
  for (const [id, rates] of [
    ['opencompass-hsr', ({ hsr }: OpenCompassScores) => hsr],
    ['opencompass-ssr', ({ ssr }: OpenCompassScores) => ssr],
  ] as const) {
    add(id, null, (scores) => openCompassAverage(rates(scores)))
    for (const level of [0, 1, 2, 3, 4]) add(id, level, (scores) => rates(scores)[level] ?? null)
  }
}

function countMissing(paths: readonly Path[]): number {
  return paths.flatMap(({ outcomes }) => outcomes).filter((outcome) => outcome && isMissing(outcome)).length
}

function cellFigure(paths: readonly Path[], language: RuleLanguage) {
  const present = presentTypes(paths)
  const printer = cellPrinter(language)
  return (compute: (cells: OfficialCells) => number | null) => (tally: Tally) =>
    compute(officialCells(tally, present, printer))
}
