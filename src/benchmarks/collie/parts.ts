import { checkTargets } from '../../checkers/collie/check-targets.ts'
import { describeConstraint } from '../../checkers/collie/describe.ts'
import type { PlainConstraint } from '../../checkers/collie/grammar.ts'
import { parseConstraint } from '../../checkers/collie/parse.ts'
import type { Value } from '../../checkers/collie/value.ts'
import { DataError, type DataLocation } from '../../core/errors.ts'
import type { ColliePart } from './schema.ts'

/**
 * The sub-constraints of an item with their targets: the members of an `All`, in order, or the one constraint itself.
 * Official scoring pairs `All` and targets up to the shorter list; here lists of different length are an error.
 * @throws DataError `bad-constraint`, `bad-target`
 */
export function itemParts(constraint: unknown, targets: unknown, location: DataLocation): readonly ColliePart[] {
  const node = parseConstraint(constraint, { location })
  checkTargets(node, targets, location)
  if (node.type === 'Constraint') return [part(node, targets as Value, 1)]
  if (node.type !== 'All') throw notPlain(node.type, location)
  if (node.parts.length === 0) {
    throw new DataError('bad-constraint', 'Expected constraint.constraints to hold at least one', { location })
  }
  return node.parts.map((member, index) => {
    if (member.type !== 'Constraint') throw notPlain(member.type, location)
    return part(member, (targets as readonly Value[])[index]!, index + 1)
  })
}

function part(constraint: PlainConstraint, target: Value, number: number): ColliePart {
  return { id: `part-${number}`, constraint, target, text: describeConstraint(constraint, target) }
}

function notPlain(type: string, location: DataLocation): DataError {
  const expected = 'Expected a `Constraint`, or an `All` of these'
  return new DataError('bad-constraint', `${expected}, got \`${type}\` where COLLIE-v1 has none`, { location })
}
