import { printable, printableLine } from '../../core/printable.ts'
import type { ItemEvidence } from '../../runners/read-evidence.ts'
import type { VerdictRecord } from '../../runners/verdict-file.ts'
import { formatValue } from '../format-value.ts'
import type { BenchmarkComparison } from './compare-checkpoints.ts'
import type { Flip, FlipList } from './flips.ts'

/** A flip with what both runs have on the item. */
export interface FlipEvidence extends Flip {
  readonly evidenceA: ItemEvidence
  readonly evidenceB: ItemEvidence
}

/** Longest text of a prompt or a response that a terminal gets, in UTF-16 units. */
const longestText = 1200

/** Flips of one benchmark for a terminal. All text that models wrote is made printable. */
export function renderFlips(pair: BenchmarkComparison, list: FlipList, flips: readonly FlipEvidence[]): string {
  const { gains, losses, equal, unmeasured } = list
  const head = `${pair.benchmark.id}: A better on ${gains.length} items, worse on ${losses.length}, equal on ${equal}${unmeasured > 0 ? `, ${unmeasured} without a value` : ''}`
  return [head, ...flips.map((flip) => renderFlip(pair, flip))].join('\n')
}

function renderFlip({ scale, benchmark }: BenchmarkComparison, flip: FlipEvidence): string {
  const value = (figure: number) => formatValue(figure, scale)
  return [
    '',
    `── ${benchmark.id} ${printableLine(flip.item, 80)}: A ${value(flip.a)}, B ${value(flip.b)} ${flip.difference > 0 ? '(A better)' : '(A worse)'}`,
    ...flip.evidenceA.prompt.map(({ role, content }) => block(role, content)),
    ...responses('A', flip.evidenceA),
    ...responses('B', flip.evidenceB),
    ...differingVerdicts(flip).map(renderVerdict),
  ].join('\n')
}

function responses(side: string, { responses }: ItemEvidence): string[] {
  return responses.map(({ sample, status, text }) =>
    block(
      `${side}${responses.length > 1 ? ` sample ${sample}` : ''}${status === 'ok' ? '' : ` [${status}]`}`,
      text ?? '(no answer)',
    ),
  )
}

function block(label: string, text: string): string {
  const clean = printable(text)
  const shown = clean.length > longestText ? `${clean.slice(0, longestText)}… (${clean.length} characters)` : clean
  return `${label}:\n${shown.replace(/^/gm, '  ')}`
}

interface VerdictPair {
  readonly constraint: string
  readonly a: VerdictRecord | undefined
  readonly b: VerdictRecord | undefined
}

/** Verdicts in which the two sides differ, in the order of the constraints; the first sample of each. */
export function differingVerdicts({ evidenceA, evidenceB }: FlipEvidence): readonly VerdictPair[] {
  const keyOf = ({ constraint, mode, sample }: VerdictRecord) =>
    `${constraint}${mode === undefined ? '' : ` (${mode})`}${sample === 0 ? '' : ` sample ${sample}`}`
  const other = new Map(evidenceB.verdicts.map((verdict) => [keyOf(verdict), verdict]))
  return evidenceA.verdicts.flatMap((a) => {
    const key = keyOf(a)
    const b = other.get(key)
    return b && b.value === a.value && b.status === a.status ? [] : [{ constraint: key, a, b }]
  })
}

function renderVerdict({ constraint, a, b }: VerdictPair): string {
  const expected = a?.expected ?? b?.expected
  return [
    `verdict ${printableLine(constraint, 80)}${expected === undefined ? '' : `: expected ${printableLine(expected, 300)}`}`,
    `  A ${verdictText(a)}`,
    `  B ${verdictText(b)}`,
  ].join('\n')
}

function verdictText(verdict: VerdictRecord | undefined): string {
  if (!verdict) return 'no verdict'
  const { value, status, found, reason, scorer } = verdict
  const facts = [status === 'ok' ? '' : status, found === undefined ? '' : `found ${found}`, reason ?? '']
  return printableLine(
    `${value ?? '–'} by ${scorer}${facts
      .filter(Boolean)
      .map((fact) => `; ${fact}`)
      .join('')}`,
    400,
  )
}
