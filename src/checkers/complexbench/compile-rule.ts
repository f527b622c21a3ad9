import { strip } from '../../text/strip.ts'
import { affixKinds, forbiddenAffixKinds } from './affix-kinds.ts'
import { keywordKinds } from './keyword-kinds.ts'
import { lengthKinds } from './length-kinds.ts'
import { plainKinds } from './plain-kinds.ts'
import { punctuationKinds } from './punctuation-kinds.ts'
import { RuleError } from './rule-error.ts'
import type { RuleCheck, RuleKind, RuleOutcome, RuleReading } from './rule-kind.ts'
import { unquote } from './unquote.ts'

/** Rules on segments as they come, in the order in which the official evaluator looks for their names. */
export const modelKinds: readonly RuleKind[] = [
  ...keywordKinds,
  ...lengthKinds,
  ...affixKinds,
  ...punctuationKinds,
  ...forbiddenAffixKinds,
]

/** A rule that is ready to be evaluated. */
export interface CompiledRule {
  /** Id of its kind; null for a form that the official evaluator does not know. */
  readonly kind: string | null
  /** Why the rule text is malformed, or null. The official evaluator notices it only on segments with text. */
  readonly error: RuleError | null
  /** What is wrong with parameters that can be read, or null: see {@link RuleCheck.flaw}. */
  readonly flaw: string | null
  /**
   * Evaluates the rule on the passages that the extractor found.
   * @throws RuleError where the official evaluator raises an exception
   */
  evaluate(segments: readonly string[]): RuleOutcome
}

/**
 * Prepares a rule. The text is searched for names as substrings in a fixed order; the first kind that fits decides.
 * The reading `fixed` does not look for names in the parameters.
 *
 * Source: thu-coai/ComplexBench `evaluation/con_rule.py` and `rule_based_evaluation.py` at 749f4575.
 */
export function compileRule(rule: string, reading: RuleReading = 'official'): CompiledRule {
  const searched = reading === 'fixed' ? ruleNames(rule) : rule
  const fits = ({ marks, not }: RuleKind) =>
    marks.every((mark) => searched.includes(mark)) && !(not !== undefined && searched.includes(not))
  const model = modelKinds.find(fits)
  if (model) return compiled(model, rule, reading, (read) => evaluateModel(model, read, reading))
  // parity: a keyword that holds one of these two words makes the rule unknown (`keyword:[teach]`).
  if (searched.includes('model') || searched.includes('each')) return { ...unknownRule, evaluate: () => unknown }
  const plain = plainKinds.find(fits)
  if (plain) return compiled(plain, rule, reading, (read) => evaluatePlain(plain, read, reading))
  return { ...unknownRule, evaluate: evaluateUnknown }
}

/** The names of a rule without their parameters: what stands before the first colon of every line. */
export function ruleNames(rule: string): string {
  return rule
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => strip(line.slice(0, line.indexOf(':') + 1)))
    .join('\n')
}

type Evaluate = CompiledRule['evaluate']

const unknownRule = { kind: null, error: null, flaw: null } as const
const unknown: RuleOutcome = { verdict: 2, expected: 'a rule form that the evaluator knows', found: 'none' }

function compiled(
  kind: RuleKind,
  rule: string,
  reading: RuleReading,
  make: (read: () => RuleCheck) => Evaluate,
): CompiledRule {
  let check: RuleCheck | RuleError
  try {
    check = kind.read(rule, reading)
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    check = error
  }
  const read = () => {
    if (check instanceof RuleError) throw check
    return check
  }
  const [error, flaw] = check instanceof RuleError ? [check, null] : [null, check.flaw ?? null]
  return { kind: kind.id, error, flaw, evaluate: make(read) }
}

function evaluateModel(kind: RuleKind, read: () => RuleCheck, reading: RuleReading): Evaluate {
  return (segments) => {
    const given = reading === 'fixed' ? withText(segments) : segments
    if (given.length === 0 || (given.length === 1 && given[0] === '')) return nothing(kind)
    // parity: only here a malformed rule goes unnoticed on passages that are all empty, which then all pass.
    if (kind.isReadLate && given.every((segment) => segment === '')) return { ...nothing(kind), verdict: true }
    return outcome(read(), given)
  }
}

function evaluatePlain(kind: RuleKind, read: () => RuleCheck, reading: RuleReading): Evaluate {
  const on = (segment: string): RuleOutcome =>
    // parity: a passage that holds the word None anywhere counts as no passage.
    segment === '' || (reading === 'official' && segment.includes('None')) ? nothing(kind) : outcome(read(), [segment])
  return (segments) => {
    const [first] = reading === 'fixed' ? withText(segments) : segments
    if (first === undefined) return on('')
    // parity: of the passage without and with its quotes, the more favourable reading wins.
    const text = unquote(first)
    const unquoted = on(text)
    return unquoted.verdict || text === first ? unquoted : on(first)
  }
}

function evaluateUnknown([first]: readonly string[]): RuleOutcome {
  // parity: upstream takes the quotes off before it looks for a name, and fails on a passage of line feeds here too.
  if (first !== undefined) unquote(first)
  return unknown
}

function outcome({ expected, run }: RuleCheck, segments: readonly string[]): RuleOutcome {
  const { pass, found } = run(segments)
  return { verdict: pass, expected, found }
}

function nothing({ id, onEmpty }: RuleKind): RuleOutcome {
  return { verdict: onEmpty, expected: `a passage for the rule ${id}`, found: 'no passage' }
}

function withText(segments: readonly string[]): string[] {
  return segments.map((segment) => strip(segment)).filter((segment) => segment !== '')
}
