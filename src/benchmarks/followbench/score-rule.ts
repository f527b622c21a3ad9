import type { CompiledRule } from '../../checkers/followbench/rule.ts'
import { ruleDefinition } from '../../checkers/followbench/rules.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import { type Subject, unmeasured, verdict } from './_verdicts.ts'
import type { FollowBenchData } from './schema.ts'

const loneSurrogate = /\p{Cs}/u

/** Scores rule items; each item's rule is compiled once. */
export class RuleScorer {
  readonly #compiled = new WeakMap<FollowBenchData, CompiledRule>()

  /** The verdict of an item's rule: the same under both protocols. */
  score(subject: Subject, text: string, protocol: Protocol): readonly Verdict[] {
    const { data, constraints } = subject.item
    const scorer = 'rule'
    // parity: the Chinese code writes each response as UTF-8 first and crashes on a lone surrogate.
    if (data.language === 'zh' && loneSurrogate.test(text)) {
      return unmeasured(subject, protocol, {
        scorer,
        status: 'check-error',
        reason: 'the response is not valid Unicode',
      })
    }
    const { pass, expected, found } = this.#rule(data)(text)
    const decision = { scorer, value: pass ? 1 : 0, status: 'ok', expected, found } as const
    return constraints.map((constraint) => verdict(subject, protocol, constraint, decision))
  }

  #rule(data: FollowBenchData): CompiledRule {
    const known = this.#compiled.get(data)
    if (known) return known
    const compiled = ruleDefinition(data.rule!).make(data)
    this.#compiled.set(data, compiled)
    return compiled
  }
}
