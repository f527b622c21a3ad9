import type { BesideFigure } from '../../benchmarks/benchmark.ts'
import type { Metric } from '../../core/metric.ts'
import type { Protocol } from '../../core/verdict.ts'
import type { Manifest } from '../../runners/manifest.ts'
import type { Scores } from '../../runners/scores.ts'
import type { SignificanceMark } from '../../stats/compare-family.ts'

/** A run's scores as a table row. */
export interface ScoredRun {
  /** Name of the checkpoint as printed. */
  readonly name: string
  readonly scores: Scores
  readonly manifest: Manifest
}

/** What a table needs to know of a benchmark: its registry entry answers. */
export interface BenchmarkHead {
  readonly id: string
  readonly title: string
  readonly suite: 'id' | 'ood'
  readonly clusterUnit: string
  readonly columns: readonly ColumnHead[]
  readonly beside?: readonly BesideFigure[]
}

export interface ColumnHead {
  readonly metric: string
  readonly label: string
  readonly title: string
  readonly primary: boolean
}

export interface TableColumn extends ColumnHead {
  readonly benchmark: string
  readonly benchmarkTitle: string
  readonly suite: 'id' | 'ood'
  readonly scale: Metric['scale']
}

/** How far a figure moves between the seeds of a checkpoint. */
export interface SeedSpread {
  readonly count: number
  /** With n - 1. */
  readonly deviation: number | null
  readonly least: number
  readonly greatest: number
}

/** One figure of a table, unrounded, in the scale of its column. */
export interface TableCell {
  readonly value: number | null
  readonly interval: Metric['interval']
  /** Spread over seeds, where the value is their mean. */
  readonly seeds?: SeedSpread | null
  /** Denominator; null for published figures that do not say. */
  readonly n: number | null
  readonly missing: number
  readonly bounds: Metric['bounds']
  /** How the figure was made, in words; equal words compare. */
  readonly variant: string
  /** Marks such as `a` that notes explain; empty where the whole column was made in one way. */
  readonly marks: readonly string[]
  /** Best and second best of the column, over figures that were made in one way. */
  readonly rank: 'best' | 'second' | null
  /** Of the test against the baseline. */
  readonly significance: SignificanceMark
}

export interface TableRow {
  readonly name: string
  /** Base model that the checkpoint was trained from; the row's own name where nothing is known. */
  readonly base: string
  readonly origin: 'own' | 'published'
  /** Marks behind the name: the source of published rows. */
  readonly marks: readonly string[]
  readonly isSample: boolean
  readonly cells: readonly (TableCell | null)[]
}

/** A table without any rendering: what stands where, and what must be said below it. */
export interface TableModel {
  readonly title: string
  /** Which rows are invented sample items. */
  readonly sample: 'none' | 'some' | 'all'
  readonly protocol: Protocol
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableRow[]
  /** How the columns were made and tested, one sentence each. */
  readonly methods: readonly string[]
  /** What was not tested, then marks, then what is missing. */
  readonly notes: readonly string[]
}
