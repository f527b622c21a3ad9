import { checkConstraint, evaluateConstraint } from '../../../src/checkers/collie/evaluate.ts'
import type { PlainConstraint, Reduction, Relation, Transformation } from '../../../src/checkers/collie/grammar.ts'
import { TextUnits } from '../../../src/checkers/collie/text-units.ts'
import { createTokenizers } from '../../../src/checkers/collie/tokenizers.ts'
import type { Value } from '../../../src/checkers/collie/value.ts'
import { housePunktParameters } from '../../../src/text/house-punkt.ts'

export const count: Transformation = { type: 'Count', equalTo: null }
export const units: Transformation = { type: 'ForEach', each: null }
export const each = (transformation: Transformation): Transformation => ({ type: 'ForEach', each: transformation })
export const at = (...places: number[]): Transformation => ({
  type: 'Position',
  position: places.length === 1 ? places[0]! : places,
})

type Cut = PlainConstraint['target']

/** `cut('sentence', 'word')` and so on, with what is asked of the units. */
export function constraint(
  cut: readonly [Cut, Cut],
  transformation: Transformation,
  relation: Relation,
  reduction: Reduction | null = null,
): PlainConstraint {
  return { type: 'Constraint', input: cut[0], target: cut[1], transformation, relation, reduction }
}

export const textUnits = (text: string) => new TextUnits(text, createTokenizers(housePunktParameters))

/** Verdict, or the name of the Python exception. */
export function verdict(node: Parameters<typeof checkConstraint>[0], text: string, target: Value) {
  const outcome = checkConstraint(node, textUnits(text), target)
  return outcome.kind === 'value' ? outcome.value : outcome.error
}

export function extracted(node: PlainConstraint, text: string): Value | undefined {
  return evaluateConstraint(node, textUnits(text), null).extracted
}
