import type { RuleLanguage, RuleVerdict } from '../../../src/checkers/followbench/rule.ts'
import { type RuleId, ruleDefinition } from '../../../src/checkers/followbench/rules.ts'

/** Verdict of one rule on one response; level 5 and English unless said otherwise. */
export function check(
  rule: RuleId,
  response: string,
  { target = '', level = 5, language = 'en' }: { target?: string; level?: number; language?: RuleLanguage } = {},
): RuleVerdict {
  return ruleDefinition(rule).make({ language, target, level })(response)
}

/** Whether one rule passes. */
export function passes(...args: Parameters<typeof check>): boolean {
  return check(...args).pass
}
