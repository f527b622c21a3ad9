import type { Evaluation } from './evaluate.ts'
import type { PlainConstraint } from './grammar.ts'
import { relate } from './relation.ts'
import { isList, type Value } from './value.ts'
import { enumerate, excerpt, show, unitName } from './wording.ts'

/** What a check found, in words and figures: counts, units at the asked places, words that are missing or forbidden. */
export function foundText(constraint: PlainConstraint, target: Value, { extracted, outcome }: Evaluation): string {
  if (outcome.kind === 'error') return `${outcome.error}: ${outcome.message}`
  if (extracted === undefined) return 'nothing'
  const { relation } = constraint
  if (constraint.reduction === null && (relation === 'in' || relation === 'not in')) {
    return membership(relation, extracted, isList(target) ? target : [target])
  }
  const counted = isList(extracted) ? extracted[0] : extracted
  if (typeof counted !== 'number')
    return isList(extracted) ? severalUnits(constraint, extracted, target) : show(extracted)
  return `${show(extracted)} ${unitName(constraint.target, Number(extracted))}`
}

function membership(relation: 'in' | 'not in', units: Value, wanted: readonly Value[]): string {
  const offending = wanted.filter((value) => !relate(relation, units, value))
  if (relation === 'in') return offending.length === 0 ? 'all of them' : `${enumerate(offending.map(show))} missing`
  return offending.length === 0 ? 'none of them' : `${enumerate(offending.map(show))} found`
}

function severalUnits({ input, reduction }: PlainConstraint, values: readonly Value[], target: Value): string {
  if (values.length === 0) return `no ${unitName(input)}`
  const isOtherNumber = reduction !== null && isList(target) && target.length !== values.length
  return excerpt(isOtherNumber ? `${values.length} ${unitName(input, values.length)}: ${show(values)}` : show(values))
}
