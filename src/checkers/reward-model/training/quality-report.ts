import { type Measured, measure, type ScoredPair } from '../evaluation/measure.ts'
import type { LabelledPair } from './labelled-pair.ts'

/** A pair of a small source with the score of a model that did not learn from its cluster. */
export interface CrossFit {
  readonly p: number
  /** By the length of the response alone, cross-fitted alike. */
  readonly lengthOnly: number
  readonly label: 0 | 1
  readonly cluster: string
  readonly source: string
  readonly type: string
  readonly isRule: boolean
}

/** One line of the quality table: the model beside the two baselines on the same pairs. */
export interface QualityRow {
  readonly group: string
  readonly model: Summary
  /** The better constant of the group itself: more than any baseline could know beforehand. */
  readonly majority: Summary
  /** The same learner on the length of the response alone. */
  readonly lengthOnly: Summary
}

/** The figures of one scorer on one group, `[value, low, high]` with four digits. */
export interface Summary {
  readonly n: number
  readonly clusters: number
  readonly positives: number
  readonly accuracy: readonly (number | null)[]
  /** Wilson's interval of the accuracy, which takes pairs for independent. */
  readonly wilson: readonly (number | null)[]
  readonly balancedAccuracy: readonly (number | null)[]
  readonly auroc: readonly (number | null)[]
  readonly tauB: readonly (number | null)[]
  readonly ece: readonly (number | null)[]
}

/** Measured quality as it is stored beside the weights. */
export interface QualityReport {
  readonly trainingPairs: number
  readonly testPairs: number
  readonly rows: readonly QualityRow[]
}

interface Inputs {
  readonly pairs: readonly LabelledPair[]
  readonly learnt: readonly number[]
  readonly tested: readonly number[]
  /** Parallel to `tested`. */
  readonly probabilities: readonly number[]
  readonly lengthOnly: readonly number[]
  readonly crossFit: readonly CrossFit[]
  readonly heldOutTypes: readonly { readonly row: number; readonly p: number }[]
  readonly seed: number
}

/** Resamples behind each interval of the large groups and of the small ones. */
const resamples = 200

/** Figures on held-out clusters: overall, by wording, source and type; held-out types; cross-fitted judged pairs. */
export function reportQuality(inputs: Inputs): QualityReport {
  const { pairs, learnt, tested, probabilities, lengthOnly, crossFit, seed } = inputs
  const position = new Map(tested.map((row, index) => [row, index]))
  const rows: QualityRow[] = []
  const add = (group: string, members: readonly { readonly row: number; readonly p: number }[]) => {
    if (members.length < 20) return
    const scored = (p: (index: number) => number): ScoredPair[] =>
      members.map(({ row }, index) => ({ label: pairs[row]!.label, p: p(index), cluster: pairs[row]!.cluster }))
    const summarise = (p: (index: number) => number) => summary(measure(scored(p), { resamples, seed }))
    rows.push({
      group,
      model: summarise((index) => members[index]!.p),
      majority: summarise(() => majorityOf(members.map(({ row }) => pairs[row]!))),
      lengthOnly: summarise((index) => lengthOnly[position.get(members[index]!.row)!]!),
    })
  }
  const some = (fits: (pair: LabelledPair) => boolean) =>
    tested.flatMap((row, index) => (fits(pairs[row]!) ? [{ row, p: probabilities[index]! }] : []))
  add(
    'rules',
    some(({ isRule }) => isRule),
  )
  add(
    'rules, unseen wording',
    some(({ isRule, wording }) => isRule && wording === 0),
  )
  add('rules, unseen types', inputs.heldOutTypes)
  add(
    'rules, published responses',
    some(({ source }) => source.endsWith('-models')),
  )
  for (const source of distinct(pairs, ({ source }) => source)) {
    // Small sources are measured over all parts: see below.
    if (crossFit.some((entry) => entry.source === source)) continue
    add(
      `source ${source}`,
      some((pair) => pair.source === source),
    )
  }
  const typed = pairs.filter(({ source }) => !crossFit.some((entry) => entry.source === source))
  for (const type of distinct(typed, ({ type }) => type))
    add(
      `type ${type}`,
      some((pair) => pair.type === type),
    )
  rows.push(...crossFitRows(inputs))
  return { trainingPairs: learnt.length, testPairs: tested.length, rows }
}

function crossFitRows({ crossFit, seed }: Inputs): QualityRow[] {
  const rows: QualityRow[] = []
  const add = (group: string, fits: (entry: CrossFit) => boolean) => {
    const members = crossFit.filter(fits)
    if (members.length < 20) return
    const prior = majorityOf(members)
    const summarise = (p: (entry: CrossFit) => number) =>
      summary(
        measure(
          members.map((entry) => ({ label: entry.label, cluster: entry.cluster, p: p(entry) })),
          { resamples, seed },
        ),
      )
    rows.push({
      group: `${group}, cross-fitted`,
      model: summarise(({ p }) => p),
      majority: summarise(() => prior),
      lengthOnly: summarise(({ lengthOnly }) => lengthOnly),
    })
  }
  add('judged', ({ isRule }) => !isRule)
  for (const source of [...new Set(crossFit.map((entry) => entry.source))].sort()) {
    add(source, (entry) => entry.source === source)
  }
  for (const type of [...new Set(crossFit.map((entry) => entry.type))].sort()) {
    add(`type ${type}`, (entry) => entry.type === type)
  }
  return rows
}

function majorityOf(pairs: readonly { readonly label: 0 | 1 }[]): number {
  return pairs.filter(({ label }) => label === 1).length * 2 >= pairs.length ? 1 : 0
}

function distinct(pairs: readonly LabelledPair[], key: (pair: LabelledPair) => string): string[] {
  return [...new Set(pairs.map(key))].sort()
}

function summary({ n, clusters, positives, accuracy, wilson, balancedAccuracy, auroc, tauB, ece }: Measured): Summary {
  const rounded = (number: number | null) => (number === null ? null : Math.round(number * 1e4) / 1e4)
  const three = ({ value, interval }: Measured['accuracy']) =>
    [value, interval?.low ?? null, interval?.high ?? null].map(rounded)
  return {
    n,
    clusters,
    positives: Math.round(positives * 1e4) / 1e4,
    accuracy: three(accuracy),
    wilson: [wilson?.low ?? null, wilson?.high ?? null].map(rounded),
    balancedAccuracy: three(balancedAccuracy),
    auroc: three(auroc),
    tauB: three(tauB),
    ece: three(ece),
  }
}
