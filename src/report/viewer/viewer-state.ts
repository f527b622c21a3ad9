import { canonicalJson } from '../../core/hash.ts'
import { type Status, statuses } from '../../core/status.ts'
import { type Protocol, protocols } from '../../core/verdict.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { describeVariant } from '../table/variant.ts'
import { type Catalogue, loadCatalogue } from './catalogue.ts'
import { SpanReader } from './read-span.ts'
import { RunIndex } from './run-index.ts'
import { shownLine } from './shown-text.ts'

/** What the page is told of one run. */
export interface RunSummary {
  readonly name: string
  readonly isSample: boolean
  readonly model: string
  readonly judge: string
  readonly created: string
  readonly protocols: readonly Protocol[]
  readonly benchmarks: readonly { readonly id: string; readonly title: string; readonly made: string }[]
}

/** The runs that a viewer shows, with their indexes being built. */
export class ViewerState {
  readonly indexes: readonly RunIndex[]
  readonly reader = new SpanReader()
  readonly #abort = new AbortController()
  readonly #work: Promise<void>
  #failure: string | null = null
  #answering = 0

  constructor(runs: readonly FinishedRun[], dataDir: string | null) {
    this.indexes = runs.map((run) => new RunIndex(run))
    const catalogues = new Map<string, Promise<Catalogue>>()
    const builds = this.indexes.map((index) => {
      const key = canonicalJson(index.run.manifest.identity.benchmarks)
      const catalogue = catalogues.get(key) ?? loadCatalogue(index.run.manifest, dataDir)
      catalogues.set(key, catalogue)
      return index.build(catalogue, { signal: this.#abort.signal, isBusy: () => this.#answering > 0 })
    })
    this.#work = Promise.all(builds).then(
      () => undefined,
      (error: unknown) => {
        if (!this.#abort.signal.aborted) this.#failure = error instanceof Error ? error.message : String(error)
      },
    )
  }

  /** Settles when everything is indexed, or indexing has failed. */
  get indexed(): Promise<void> {
    return this.#work
  }

  /** Does work that somebody waits for: indexing lets it go first. */
  async answer<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    this.#answering += 1
    try {
      return await work()
    } finally {
      this.#answering -= 1
    }
  }

  /** Facts for the head of the page, its filters and the progress line. */
  describe() {
    return {
      runs: this.indexes.map(({ run }) => summary(run)),
      progress: this.indexes.map(({ progress }) => progress),
      notes: [...new Set(this.indexes.flatMap(({ catalogue }) => catalogue.notes))].map((note) => shownLine(note, 400)),
      failure: this.#failure === null ? null : shownLine(this.#failure, 400),
      tags: this.indexes.map(({ catalogue }) => catalogue.tags.map((tag) => shownLine(tag, 120))),
      statuses: statuses satisfies readonly Status[],
    }
  }

  async close(): Promise<void> {
    this.#abort.abort()
    await this.#work
    await this.reader.close()
  }
}

function summary(run: FinishedRun): RunSummary {
  const { name, manifest, scoring, scores } = run
  return {
    name: shownLine(name, 100),
    isSample: scores.benchmarks.some(({ isSample }) => isSample),
    model: shownLine(manifest.identity.model, 200),
    judge: shownLine(scoring.judge ?? 'none', 200),
    created: manifest.createdAt,
    protocols: protocols.filter((protocol) => scores.benchmarks.some(({ metrics }) => metrics[protocol])),
    benchmarks: scores.benchmarks.map((entry) => ({
      id: entry.benchmark,
      title: shownLine(entry.title, 60),
      made: shownLine(describeVariant(run, entry, entry.metrics.official ? 'official' : 'fixed'), 300),
    })),
  }
}
