/** Languages that the rules exist in. The Chinese rules are functions of their own, not translations. */
export const ruleLanguages = ['en', 'zh'] as const
export type RuleLanguage = (typeof ruleLanguages)[number]

/** Outcome of one rule on one response, with its evidence. */
export interface RuleVerdict {
  readonly pass: boolean
  /** What the rule asked for: the first requirement that failed, or all of them in one line. */
  readonly expected: string
  /** What the response holds instead, cut to a readable length. */
  readonly found: string
}

/** A rule with its target and level filled in: a pure function of the response. */
export type CompiledRule = (response: string) => RuleVerdict

/** What a rule is made from. */
export interface RuleInput {
  readonly language: RuleLanguage
  /** Reference text of the item; empty for rules that need none. */
  readonly target: string
  /** 1 to 5: a rule of levels asks for the conditions of all levels up to this one. */
  readonly level: number
}

/**
 * A family of rules.
 * @throws RangeError with a message about the target when the target is not what the rule needs
 */
export type RuleMaker = (input: RuleInput) => CompiledRule
