import type { Protocol } from '../../core/verdict.ts'
import type { Raw } from './question-state.ts'

/** Verdicts of an item's questions after their dependencies were looked at. */
export type RelyOn = (raw: readonly Raw[], dependencies: readonly (readonly number[])[]) => Raw[]

/**
 * A question fails when a question that it lists failed. Exactly one level: the raw verdicts of the listed questions
 * count, and 2 and null are not failures.
 *
 * Source: thu-coai/ComplexBench `evaluation/aggregation.py` at 749f4575, `point_judges_rely`.
 */
export const relyOnListed: RelyOn = (raw, dependencies) =>
  raw.map((own, index) => {
    // parity: the raw verdicts are used, not the dependent ones, so that nothing is passed on.
    const listed = dependencies[index]!.map((target) => raw[target])
    if (own === false || listed.includes(false)) return false
    return listed.includes(undefined) ? undefined : own
  })

/** A question holds only when all that it depends on hold, directly or through others. */
export const relyOnAll: RelyOn = (raw, dependencies) => {
  const known = new Map<number, Raw>()
  const resolve = (index: number): Raw => {
    if (known.has(index)) return known.get(index)
    // A question under way counts as its raw verdict: loaded items have no cycles, see `check-dependencies.ts`.
    known.set(index, raw[index])
    const listed = dependencies[index]!.map(resolve)
    const own = raw[index]
    const value = own === false || listed.includes(false) ? false : listed.includes(undefined) ? undefined : own
    known.set(index, value)
    return value
  }
  return raw.map((_own, index) => resolve(index))
}

/** How each protocol passes failures on. */
export const relyOn: Readonly<Record<Protocol, RelyOn>> = { official: relyOnListed, fixed: relyOnAll }
