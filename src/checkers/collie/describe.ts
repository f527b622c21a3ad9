import type { PlainConstraint, Relation, Transformation } from './grammar.ts'
import { isList, type Value } from './value.ts'
import { boundName, enumerate, positionName, show, unitName } from './wording.ts'

/** A constraint with its target as one English sentence, in the harness's own words. */
export function describeConstraint(constraint: PlainConstraint, target: Value): string {
  const { relation } = constraint
  const sentence = typeof relation === 'string' ? inWords(constraint, relation, target) : null
  return sentence ?? `${notation(constraint)} ${show(target)}.`
}

function inWords(constraint: PlainConstraint, relation: Relation, target: Value): string | null {
  const { transformation, input, reduction } = constraint
  const isEvery = input !== null && reduction !== null && 'name' in reduction && reduction.name === 'all'
  if (transformation.type === 'ForEach' && transformation.each !== null) {
    return isEvery ? everyInWords(constraint, transformation.each, relation, target) : null
  }
  return input === null && reduction === null ? wholeInWords(constraint, transformation, relation, target) : null
}

/** What is asked of the whole text. */
function wholeInWords(
  { target: level }: PlainConstraint,
  transformation: Transformation,
  relation: Relation,
  target: Value,
): string | null {
  const wanted = isList(target) ? target : [target]
  if (transformation.type === 'Count' && transformation.equalTo === null && wanted.length === 1) {
    return `The text has ${boundName(relation, wanted[0]!)} ${unitName(level, Number(wanted[0]))}.`
  }
  if (transformation.type === 'Position' && relation === '==' && !isUnknown(transformation.position)) {
    const places = isNumber(transformation.position) ? [transformation.position] : transformation.position
    const [noun, verb] = [unitName(level, places.length), places.length === 1 ? 'is' : 'are']
    return `The ${enumerate(places.map(positionName))} ${noun} ${verb} ${enumerate(wanted.map(show))}.`
  }
  if (transformation.type === 'ForEach' && (relation === 'in' || relation === 'not in')) {
    const verb = relation === 'in' ? 'contains' : 'does not contain'
    return `The text ${verb} the ${unitName(level, wanted.length)} ${enumerate(wanted.map(show))}.`
  }
  return null
}

/** What is asked of every input unit. */
function everyInWords(
  { input, target: level }: PlainConstraint,
  each: Transformation,
  relation: Relation,
  target: Value,
): string | null {
  if (each.type === 'Count' && each.equalTo === null && !isList(target)) {
    return `Every ${unitName(input)} has ${boundName(relation, target)} ${unitName(level, Number(target))}.`
  }
  if (each.type !== 'Position' || !isNumber(each.position) || relation !== '==') return null
  const place = positionName(each.position)
  if (!isList(target)) return `Every ${unitName(input)} has ${show(target)} as its ${place} ${unitName(level)}.`
  const units = `${target.length} ${unitName(input, target.length)}`
  return `There are ${units}, with the ${place} ${unitName(level, target.length)} ${enumerate(target.map(show))}, in this order.`
}

/** The grammar's own notation, for what has no sentence. */
function notation({ input, target, transformation, relation, reduction }: PlainConstraint): string {
  const cut = [input, target].map((level) => (level === null ? 'text' : unitName(level))).join(' > ')
  const sum = reduction === null ? '' : `${'name' in reduction ? reduction.name : reduction.unknown} `
  const times = reduction !== null && 'value' in reduction ? `${reduction.value} ` : ''
  return `${cut}: ${formula(transformation)}, ${sum}${times}${typeof relation === 'string' ? relation : relation.unknown}`
}

function formula(transformation: Transformation): string {
  switch (transformation.type) {
    case 'Count':
      return `count(${transformation.equalTo === null ? '' : show(transformation.equalTo)})`
    case 'Position':
      return `position(${isUnknown(transformation.position) ? '?' : show(transformation.position)})`
    case 'ForEach':
      return `each(${transformation.each === null ? '' : formula(transformation.each)})`
    case 'Max':
    case 'Aggregate':
    case 'PositionOf':
      return `${transformation.type.toLowerCase()}(${formula(transformation.of)})`
    case 'MapPosition':
      return `${formula(transformation.mapping)} of ${formula(transformation.of)}`
    case 'And':
    case 'Or':
      return transformation.pair.map(formula).join(` ${transformation.type.toLowerCase()} `)
    case 'All':
      return `all(${transformation.parts.map(formula).join(', ')})`
    default: {
      const never: never = transformation
      throw new Error(`Unknown transformation: ${String(never)}`)
    }
  }
}

function isNumber(position: unknown): position is number {
  return typeof position === 'number'
}

function isUnknown(position: unknown): position is { readonly unknown: string } {
  return typeof position === 'object' && position !== null && 'unknown' in position
}
