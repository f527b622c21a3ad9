import { emptyCell, type Grid, textCell } from '../grid/grid.ts'
import type { ScoringComparison } from './compare-scorings.ts'

const columns = [
  ['verdicts', 'on both'],
  ['on one', 'or none'],
  ['equal', '(%)'],
  ['kappa'],
  ['AC1'],
  ['satisfied', '1st, 2nd (%)'],
  ['only 1st', 'satisfied'],
  ['only 2nd', 'satisfied'],
  ['mean', 'difference'],
]

/** Comparisons of scorings as a table for people. Scorings have numbers, which the notes explain: their names are long. */
export function comparisonGrid(comparisons: readonly ScoringComparison[], isSample: boolean): Grid {
  const scorings = scoringsOf(comparisons)
  const numbers = new Map([...scorings.keys()].map((name, index) => [name, index + 1]))
  return {
    title: `${isSample ? 'SAMPLE: ' : ''}Agreement of scorings of the same responses`,
    stub: 'benchmark',
    columns: columns.map((lines) => ({ group: null, lines })),
    rows: comparisons.map((comparison) => {
      const { one, other, benchmark, group, n, unpaired, equal, binary, firstOnly, secondOnly, rates } = comparison
      const { meanDifference } = comparison
      return {
        group: `${numbers.get(one)} (1st) and ${numbers.get(other)} (2nd)`,
        name: group === null ? benchmark : `  ${group.value}`,
        marks: [],
        isPublished: false,
        cells: [
          textCell(String(n)),
          textCell(String(unpaired)),
          { ...textCell(percent(equal.value)), interval: range(equal) },
          textCell(withError(binary?.kappa ?? null, binary?.kappaError ?? null)),
          textCell(decimal(binary?.ac1 ?? null)),
          textCell(rates === null ? emptyCell : rates.map(percent).join(', ')),
          textCell(firstOnly === null ? emptyCell : String(firstOnly)),
          textCell(secondOnly === null ? emptyCell : String(secondOnly)),
          textCell(decimal(meanDifference)),
        ],
      }
    }),
    methods: [
      'constraints that the two scorings had decided by different scorers; intervals (95 %) resample groups of items that belong together',
      'equal verdicts are frequent by chance where most constraints are satisfied: kappa and AC1 take that off',
    ],
    notes: [...scorings].map(
      ([name, scorers]) => `${numbers.get(name)}: ${name}, scored by ${[...scorers].join(' + ')}`,
    ),
  }
}

/** Names of the scorings, and who decided there. */
function scoringsOf(comparisons: readonly ScoringComparison[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { one, other, scorers } of comparisons) {
    for (const [name, own] of [
      [one, scorers[0]],
      [other, scorers[1]],
    ] as const) {
      const known = found.get(name) ?? new Set<string>()
      found.set(name, known)
      for (const scorer of own) known.add(scorer)
    }
  }
  return found
}

function percent(value: number | null): string {
  return value === null ? emptyCell : (value * 100).toFixed(1)
}

function decimal(value: number | null): string {
  return value === null ? emptyCell : value.toFixed(2)
}

function withError(value: number | null, error: number | null): string {
  return value === null || error === null ? decimal(value) : `${decimal(value)} ± ${error.toFixed(2)}`
}

function range({ low, high }: ScoringComparison['equal']): string {
  return low === null || high === null ? '' : `[${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`
}
