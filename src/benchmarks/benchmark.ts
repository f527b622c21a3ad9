import type { ScoringContext } from '../checkers/scoring-context.ts'
import type { CallRole } from '../core/call.ts'
import type { Item } from '../core/item.ts'
import type { Message } from '../core/message.ts'
import type { ModelResponse } from '../core/response.ts'
import type { Sampling } from '../core/sampling.ts'
import type { Status } from '../core/status.ts'
import type { Protocol, Verdict } from '../core/verdict.ts'
import type { MetricTable } from '../stats/metric-table.ts'

export type {
  PythonOutcome,
  PythonRunner,
  RewardModelPair,
  RewardModelScore,
  RewardModelScorer,
  ScoringContext,
  SoftPolicy,
} from '../checkers/scoring-context.ts'

/**
 * A published benchmark. The registry entry answers for itself; shared code never names a concrete benchmark. A new one
 * is a folder that exports this, one line in `registry.ts` and a docs page.
 */
export interface Benchmark<Data = unknown> {
  readonly id: string
  readonly title: string
  readonly suite: 'id' | 'ood'
  /** One or two sentences for `bench list`. */
  readonly summary: string
  readonly paper: string
  readonly licence: string
  /** Data editions, the default one first. The embedded sample is not listed: every benchmark has one. */
  readonly editions: readonly Edition[]
  readonly columns: readonly Column[]
  /** Figures that stand below every table, since the headline alone misleads. */
  readonly beside?: readonly BesideFigure[]
  /** What an item's cluster is, in words, for captions (`prompt`, `source instruction`). */
  readonly clusterUnit: string
  /** Which endpoint roles the scoring asks, with the official settings; empty for rule-scored benchmarks. */
  readonly judges: readonly JudgeRole[]
  /**
   * True when none of its constraints is for a reward model: they need the prompt, or are graded. Without a judge nothing
   * is measured then.
   * @default false
   */
  readonly needsJudge?: boolean
  /** True when its data may hold snippets to be run in the sandbox: `bench doctor` looks for one. @default false */
  readonly needsPython?: boolean
  /** Data sets beside the items that official scores need: language assets, upstream judge templates. */
  readonly assets?: readonly string[]
  /** True when real data cannot be scored without them, not even with a house label. @default false */
  readonly needsAssets?: boolean
  /** Limits that hang on the protocol, in words, for `bench list --verbose` and captions. */
  readonly notes?: readonly string[]

  /** Streams the items of one edition in upstream's order. Throws DataError with file, line and id. */
  load(source: DataSource): AsyncIterable<Item<Data>>
  /** What is sent to the model under test. Defaults of the benchmark's protocol; the user's settings go over them. */
  generation(item: Item<Data>): { readonly messages: readonly Message[]; readonly sampling: Sampling }
  /** Loads what scoring needs (language assets, judge templates) once, before any call is made. */
  prepare(resources: Resources): Promise<Scorer<Data>>
  /** Empty aggregation for one protocol. */
  aggregate(options: AggregateOptions): Aggregator
}

/** A version of the data whose scores do not compare with another version's. */
export interface Edition {
  readonly id: string
  readonly title: string
  /** Data set of the lock file that it is read from. */
  readonly dataset: string
  /** Absolute path of the user's own file that it is read from instead. */
  readonly file?: string
  readonly languages: readonly string[]
  /** Number of items, where known: `bench list` prints it, and a load of another number is an error. */
  readonly items: number | null
}

/** A column of the tables: the primary one is the paper's. */
export interface Column {
  readonly metric: string
  /** Short header in the papers' terms: `Pr.(L)`. */
  readonly label: string
  readonly primary: boolean
  readonly title: string
}

/** A figure that is printed below tables: its value, or of a breakdown into shares how many units each group holds. */
export interface BesideFigure {
  readonly metric: string
  /** As printed: `judge_parsing`. */
  readonly label: string
  readonly as: 'value' | 'counts'
}

/** A judge (or extractor) that the official protocol uses. A suggestion for the user, never a silent default. */
export interface JudgeRole {
  readonly role: Extract<CallRole, 'judge' | 'extractor'>
  readonly official: string
  readonly sampling: Sampling
}

/** Where the files of an edition are. The embedded sample is read through the same interface. */
export interface DataSource {
  readonly edition: string
  readonly isSample: boolean
  /** Absolute path of a file of the edition's data set, named as in the lock file. Throws DataError when not installed. */
  path(file: string): string
  /** The same, but null when the file is not there. */
  optionalPath(file: string): string | null
}

/** Things beside the data that scoring may need. */
export interface Resources {
  /** Absolute path of an installed and verified file, or null when its data set is not installed. */
  asset(dataset: string, file: string): string | null
  readonly edition: string
  readonly isSample: boolean
}

/** Scores responses; made by {@link Benchmark.prepare}. */
export interface Scorer<Data = unknown> {
  /** Marks that every number of this scorer carries (`house-assets`, `house-prompt`); empty when fully official. */
  readonly labels: readonly string[]
  /**
   * Verdicts of one response for the asked protocols, in the order of the item's constraints, each constraint at least
   * once per protocol. Pure but for `context`.
   */
  score(
    item: Item<Data>,
    response: ModelResponse,
    context: ScoringContext,
    protocols: readonly Protocol[],
  ): Promise<readonly Verdict[]>
}

/** What an aggregation reads of an item: no prompt, no data. */
export type ItemHead = Pick<Item, 'id' | 'cluster' | 'tags' | 'constraints' | 'language'>

export interface ItemResult {
  readonly item: ItemHead
  readonly sample: number
  readonly status: Status
  /** Verdicts of the aggregator's protocol only. */
  readonly verdicts: readonly Verdict[]
}

export interface AggregateOptions {
  readonly protocol: Protocol
  readonly edition: string
}

/** Takes results one by one, keeps only what the figures need, and computes them. */
export interface Aggregator {
  add(result: ItemResult): void
  /** Figures of everything added, headline first. Intervals and bounds come from the table. */
  finish(): MetricTable
  /** What a person should know about the figures as a whole (a denominator that shrank). Asked once, at the end. */
  warnings?(): readonly string[]
}
