import { didYouMean } from '../../core/did-you-mean.ts'
import { compileRule, modelKinds, ruleNames } from './compile-rule.ts'
import { plainKinds } from './plain-kinds.ts'

/** Every name that a rule line may begin with. */
export const ruleNameList: readonly string[] = [
  ...new Set([...modelKinds, ...plainKinds].flatMap(({ id }) => id.split('+'))),
]

/** What is wrong with a rule of the data. */
export interface RuleFlaw {
  readonly code: 'unknown-rule' | 'bad-rule'
  readonly message: string
  readonly hint?: string
}

/**
 * Checks a rule of the data before anything is spent on it: a known kind, parameters that can be read, numbers where
 * numbers belong.
 *
 * Two forms pass though the official evaluator cannot decide them (it gives 2, which is kept): a known name whose
 * parameters hold a word that leads the evaluator astray (`keyword:[teach]`), and `keyword_num`, which it lacks.
 * @returns null when the rule can be used
 */
export function findRuleFlaw(rule: string): RuleFlaw | null {
  const { kind, error, flaw } = compileRule(rule)
  if (error) return { code: 'bad-rule', message: error.message }
  if (flaw !== null) return { code: 'bad-rule', message: flaw }
  const [name = ''] = ruleNames(rule).split(':', 1)
  if (kind !== null || name === 'keyword_num' || ruleNameList.includes(name)) return null
  const near = didYouMean(name, ruleNameList)
  return {
    code: 'unknown-rule',
    message: `Unknown rule \`${name || rule}\`. Known: ${ruleNameList.join(', ')}`,
    ...(near === undefined ? {} : { hint: `Did you mean \`${near}\`?` }),
  }
}
