import type { Constraint } from '../../core/item.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import type { RatioShare } from '../../stats/metric-table.ts'
import type { ItemResult } from '../benchmark.ts'

/** One constraint of one response in the aggregation. */
export interface Row {
  readonly constraint: Constraint
  /** Null when there is no verdict. */
  readonly value: number | null
  /** Truth value of the score, which decides ISR under `official`. */
  readonly truthy: boolean
  /** Why there is no verdict; null when there is one. */
  readonly why: string | null
}

/** What a response without answer, or a constraint without verdict, does to the figures. */
export interface Reading {
  readonly rows: readonly Row[]
  readonly cluster: string
  readonly hasAnswer: boolean
  readonly protocol: Protocol
}

/** Reads the verdicts of one response. */
export function readResult({ item, verdicts }: ItemResult, protocol: Protocol): Reading {
  const byId = new Map(verdicts.map((verdict) => [verdict.constraint, verdict]))
  const rows = item.constraints.map((constraint) => toRow(constraint, byId.get(constraint.id)))
  return { rows, cluster: item.cluster, hasAnswer: rows.some(({ why }) => why !== 'no_answer'), protocol }
}

function toRow(constraint: Constraint, verdict: Verdict | undefined): Row {
  const { value = null, detail = {}, status } = verdict ?? {}
  const truthy = typeof detail.truthy === 'boolean' ? detail.truthy : value === 1
  const why = value !== null ? null : typeof detail.why === 'string' ? detail.why : (status ?? 'not_scored')
  return { constraint, value, truthy, why }
}

/** True for a verdict that is missing, as against one that the benchmark does not ask for. */
export function isMissing({ why }: Row): boolean {
  return why !== null && why !== 'condition_not_met'
}

/** A constraint's share of CSR. `isMet` tells what counts as met. */
export function constraintShare(row: Row, { cluster, protocol }: Reading, isMet: (row: Row) => boolean): RatioShare {
  if (row.value !== null) return { cluster, numerator: isMet(row) ? 1 : 0, denominator: 1 }
  if (!isMissing(row)) return { cluster, numerator: 0, denominator: 0 }
  // `fixed` counts a missing answer as failed; `official` drops it, like every constraint without a verdict.
  const denominator = protocol === 'fixed' && row.why === 'no_answer' ? 1 : 0
  return { cluster, numerator: 0, denominator, missing: 1, ...bounds }
}

/** A response's share of ISR; null when it takes no part. */
export function itemShare(reading: Reading): RatioShare {
  const { rows, cluster, protocol, hasAnswer } = reading
  // parity: truthiness decides ISR upstream, so that a score of 1 passes here and not in CSR.
  const isMet = (row: Row) => (protocol === 'official' ? row.truthy : row.value === 1)
  const scored = rows.filter(({ value }) => value !== null)
  const missing = rows.filter(isMissing)
  const passes = scored.every(isMet)
  if (missing.length === 0) {
    return { cluster, numerator: scored.length > 0 && passes ? 1 : 0, denominator: scored.length > 0 ? 1 : 0 }
  }
  const open = { missing: 1, low: bounds.low, high: { numerator: passes ? 1 : 0, denominator: 1 } }
  // Without a judge nobody was asked: the rest of the item would stand for the whole.
  if (missing.some(({ why }) => why === 'no_judge')) return { cluster, numerator: 0, denominator: 0, ...open }
  if (protocol === 'fixed') return { cluster, numerator: 0, denominator: 1, ...open }
  const takesPart = hasAnswer && scored.length > 0
  return { cluster, numerator: takesPart && passes ? 1 : 0, denominator: takesPart ? 1 : 0, ...open }
}

const bounds = { low: { numerator: 0, denominator: 1 }, high: { numerator: 1, denominator: 1 } }
