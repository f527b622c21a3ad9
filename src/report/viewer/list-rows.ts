import type { Status } from '../../core/status.ts'
import type { Protocol } from '../../core/verdict.ts'
import { matchesText } from './match-text.ts'
import type { SpanReader } from './read-span.ts'
import { readRowHead } from './row-head.ts'
import type { Outcome, RunIndex } from './run-index.ts'
import { shownLine } from './shown-text.ts'

/** Which rows by their verdicts; `differs` needs a second run. */
export const outcomeFilters = ['all', 'failed', 'passed', 'unmeasured', 'differs', 'worse', 'better'] as const
export type OutcomeFilter = (typeof outcomeFilters)[number]

export interface RowFilter {
  readonly protocol: Protocol
  readonly benchmark: string | null
  readonly status: Status | null
  /** `dimension=value` of a constraint or an item. With `failed` that constraint itself failed. */
  readonly tag: string | null
  readonly outcome: OutcomeFilter
  /** Looked for in item id, prompt, response and reasoning, whatever the case; empty for all. */
  readonly text: string
}

/** One row of the list. */
export interface ListedRow {
  readonly row: number
  readonly benchmark: string
  readonly item: string
  readonly sample: number
  readonly prompt: string
  readonly status: Status | null
  readonly outcome: Omit<Outcome, 'failedMask'>
  readonly other: { readonly status: Status | null; readonly outcome: Omit<Outcome, 'failedMask'> } | null
}

export interface RowPage {
  readonly rows: readonly ListedRow[]
  /** Row from which to go on; null when there are no more for now. */
  readonly next: number | null
  /** Rows looked at, of all that are indexed. */
  readonly looked: number
}

/** Longest time that one request looks for rows, in milliseconds: the page asks again. */
const patience = 250
/** Heads that are read at the same time, and whole records: those may be long. */
const batches = { heads: 16, records: 4 } as const
/** Rows between two looks at the clock. */
const checkEvery = 4096

/** Rows that pass the filter, from a row on. Looks no longer than a moment, so that the page stays alive over any run. */
export async function listRows(
  index: RunIndex,
  other: RunIndex | null,
  filter: RowFilter,
  { from, count }: { readonly from: number; readonly count: number },
  reader: SpanReader,
): Promise<RowPage> {
  const start = performance.now()
  const rows: ListedRow[] = []
  const tag = filter.tag === null ? null : index.catalogue.tagNumber(filter.tag)
  const batch = filter.text === '' ? batches.heads : batches.records
  let row = from
  while (row < index.size && rows.length < count && performance.now() - start < patience) {
    const candidates: number[] = []
    for (; row < index.size && candidates.length < Math.min(batch, count - rows.length); row++) {
      if (matches(index, other, filter, tag, row)) candidates.push(row)
      if (row % checkEvery === 0 && performance.now() - start > patience) break
    }
    const found = await Promise.all(
      candidates.map(
        async (candidate) => filter.text === '' || (await matchesText(index, candidate, filter.text, reader)),
      ),
    )
    const kept = candidates.filter((_candidate, position) => found[position])
    rows.push(
      ...(await Promise.all(kept.map((candidate) => describe(index, other, filter.protocol, candidate, reader)))),
    )
  }
  return { rows, next: row < index.size ? row : null, looked: row }
}

function matches(
  index: RunIndex,
  other: RunIndex | null,
  { benchmark, status, outcome, protocol }: RowFilter,
  tag: number | null,
  row: number,
): boolean {
  if (benchmark !== null && index.benchmarkAt(row) !== benchmark) return false
  if (status !== null && index.statusAt(row) !== status) return false
  const mask = tag === null ? 0xffffffff : index.catalogue.maskOf(index.itemAt(row), tag)
  if (mask === 0) return false
  const own = index.outcomeAt(row, protocol)
  switch (outcome) {
    case 'all':
      return true
    case 'failed':
      return own.failed > 0 && (tag === null || (own.failedMask & mask) !== 0)
    case 'passed':
      return own.failed === 0 && own.unmeasured === 0 && own.passed > 0
    case 'unmeasured':
      return own.unmeasured > 0
    case 'differs':
    case 'better':
    case 'worse': {
      const match = other?.find(index.hashAt(row)) ?? -1
      if (!other || match === -1) return false
      const theirs = other.outcomeAt(match, protocol)
      if (outcome === 'better') return own.failed < theirs.failed
      if (outcome === 'worse') return own.failed > theirs.failed
      const isEqual =
        own.failed === theirs.failed &&
        own.passed === theirs.passed &&
        own.unmeasured === theirs.unmeasured &&
        own.failedMask === theirs.failedMask
      return !isEqual
    }
    default: {
      const never: never = outcome
      throw new Error(`Unknown outcome: ${String(never)}`)
    }
  }
}

async function describe(
  index: RunIndex,
  other: RunIndex | null,
  protocol: Protocol,
  row: number,
  reader: SpanReader,
): Promise<ListedRow> {
  const { item, sample, prompt } = await readRowHead(index, row, reader)
  const match = other?.find(index.hashAt(row)) ?? -1
  return {
    row,
    benchmark: index.benchmarkAt(row),
    item: shownLine(item, 120),
    sample,
    prompt: shownLine(prompt, 160),
    status: index.statusAt(row),
    outcome: counts(index.outcomeAt(row, protocol)),
    other:
      other === null || match === -1
        ? null
        : { status: other.statusAt(match), outcome: counts(other.outcomeAt(match, protocol)) },
  }
}

function counts({ passed, failed, unmeasured }: Outcome): ListedRow['outcome'] {
  return { passed, failed, unmeasured }
}
