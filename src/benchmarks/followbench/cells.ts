import type { RuleLanguage } from '../../checkers/followbench/rule.ts'
import { formatFixed } from '../../text/exact-decimal.ts'
import { mean, meanOfLevels } from './averages.ts'
import { type ConstraintType, types } from './schema.ts'
import type { Tally } from './tally.ts'

/** The cells of upstream's CSV files for one type. */
export interface TypeCells {
  /** Levels 1 to 5: `52.00`, in Chinese `52.00%`. Null where the run has no item. */
  readonly hsr: readonly (string | null)[]
  /** Not written for the example type, where it equals HSR. */
  readonly ssr: readonly (string | null)[] | null
  /** `2.0`. */
  readonly csl: string | null
}

/** Cells by type; types that are not part of the run are left out. */
export type OfficialCells = ReadonlyMap<ConstraintType, TypeCells>

const levels = [0, 1, 2, 3, 4] as const

/** Prints figures as upstream does. */
export interface CellPrinter {
  /** A rate as a percentage with two decimals. */
  percent(rate: number): string
  /** A mean chain length with one decimal. */
  chain(mean: number): string
}

/**
 * Formats of eval.py at 6278f4c1: percentages with two decimals, CSL with one, both rounded half to even on the exact
 * binary value; a rate is divided first and multiplied by 100 afterwards. Remembers what it printed, because resamples
 * print the same few rates again and again.
 */
export function cellPrinter(language: RuleLanguage): CellPrinter {
  const sign = language === 'zh' ? '%' : ''
  return {
    percent: remembering((rate) => `${formatFixed(rate * 100, 2)}${sign}`),
    chain: remembering((mean) => formatFixed(mean, 1)),
  }
}

function remembering(print: (value: number) => string): (value: number) => string {
  const printed = new Map<number, string>()
  return (value) => {
    const known = printed.get(value)
    if (known !== undefined) return known
    const text = print(value)
    printed.set(value, text)
    return text
  }
}

/** The cells that eval.py at 6278f4c1 writes for a tally. */
export function officialCells(tally: Tally, present: readonly ConstraintType[], printer: CellPrinter): OfficialCells {
  const percent = (rate: number | null) => (rate === null ? null : printer.percent(rate))
  return new Map(
    present.map((type) => {
      const chain = tally.csl(type)
      return [
        type,
        {
          hsr: levels.map((level) => percent(tally.hsr(type, level))),
          ssr: type === 'example' ? null : levels.map((level) => percent(tally.ssr(type, level))),
          csl: chain === null ? null : printer.chain(chain),
        },
      ]
    }),
  )
}

/** The number that a printed cell says; a percentage stays one. */
function percentOf(cell: string | null | undefined): number | null {
  return cell == null ? null : Number.parseFloat(cell)
}

const printedHsr = (cells: OfficialCells) => (type: ConstraintType, level: number) =>
  percentOf(cells.get(type)?.hsr[level])

const printedSsr = (cells: OfficialCells) => (type: ConstraintType, level: number) => {
  const of = cells.get(type)
  return percentOf((of?.ssr ?? of?.hsr)?.[level])
}

/** Published averages, made from the printed cells as papers make them: fractions for HSR and SSR. */
export const printedAverages = {
  hsr: (cells: OfficialCells) => fraction(meanOfLevels(printedHsr(cells), [...cells.keys()], levels)),
  ssr: (cells: OfficialCells) => fraction(meanOfLevels(printedSsr(cells), [...cells.keys()], levels)),
  csl: (cells: OfficialCells) => mean([...cells.values()].map(({ csl }) => (csl === null ? null : Number(csl)))),
} as const

/**
 * What aggregator.py at 6278f4c1 prints, as a fraction: levels weighted 1 to 5, mean over the five types that have CSV
 * files of their own. The example type is not among them.
 */
export const levelWeighted = {
  hsr: (cells: OfficialCells) => weighted(printedHsr(cells)),
  ssr: (cells: OfficialCells) => weighted(printedSsr(cells)),
} as const

function weighted(cell: (type: ConstraintType, level: number) => number | null): number | null {
  const scores = types
    .filter((type) => type !== 'example')
    .map((type) => {
      const values = levels.map((level) => cell(type, level))
      if (values.includes(null)) return null
      return values.reduce<number>((sum, value, level) => sum + (level + 1) * value!, 0) / 15
    })
  return fraction(mean(scores))
}

function fraction(percent: number | null): number | null {
  return percent === null ? null : percent / 100
}
