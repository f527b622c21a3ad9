import { ruleDefinition } from '../../checkers/followbench/rules.ts'
import type { Constraint } from '../../core/item.ts'
import { addedText } from './added-text.ts'
import type { FollowBenchData } from './schema.ts'

/** Id of the one constraint of a rule-scored item. */
export const ruleConstraintId = 'rule'

/** Id of the constraint that level `level` added. */
export function judgedConstraintId(level: number): string {
  return `c${level}`
}

/**
 * The constraints of one item: one for a rule-scored item, else one per level up to the item's own.
 * @param kinds type of each added constraint, in order; they differ in the mixed file only
 */
export function constraintsOf(data: FollowBenchData, kinds: readonly string[]): readonly Constraint[] {
  const { type, level, source, path, rule } = data
  if (rule !== null) {
    const tags = { type, kind: type, level: String(level), source }
    return [{ id: ruleConstraintId, text: ruleDefinition(rule).summary, check: 'rule', tags, needsPrompt: false }]
  }
  return path.slice(1).map((instruction, index) => {
    const added = index + 1
    const kind = kinds[index] ?? type
    // A situation changes the problem itself, so that a difference of two versions is no requirement on its own.
    const text = kind === 'situation' ? null : addedText(path[index]!, instruction)
    return {
      id: judgedConstraintId(added),
      text: text ?? `What level ${added} adds to the instruction of level ${index}.`,
      check: 'judge',
      tags: { type, kind, level: String(added), source },
      needsPrompt: text === null,
    }
  })
}
