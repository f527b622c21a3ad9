import type { CompiledRule, RuleVerdict } from './rule.ts'

/**
 * One condition of a rule whose levels add up. `check` returns null when the view meets it, else what was found.
 * `View` is what the conditions look at: the response, or what they share of it (its sentences).
 */
export interface Condition<View> {
  readonly expected: string
  readonly check: (view: View) => string | null
}

/** Met: no evidence of failure. */
export const met = null

/** Joins the conditions of levels 1 to `level`; the first one that fails is the evidence. */
export function cumulative(conditions: readonly Condition<string>[], level: number): CompiledRule {
  return cumulativeOver(conditions, level, (response) => response)
}

/** The same over a view that `prepare` makes once a response. */
export function cumulativeOver<View>(
  conditions: readonly Condition<View>[],
  level: number,
  prepare: (response: string) => View,
): CompiledRule {
  const asked = conditions.slice(0, level)
  const passed: RuleVerdict = {
    pass: true,
    expected: asked.map(({ expected }) => expected).join('; '),
    found: 'all of it',
  }
  return (response) => {
    const view = prepare(response)
    for (const { expected, check } of asked) {
      const found = check(view)
      if (found !== met) return { pass: false, expected, found }
    }
    return passed
  }
}
