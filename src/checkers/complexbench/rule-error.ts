/** Python exception classes that the official rule evaluator can end in. */
export type RuleErrorName = 'IndexError' | 'AttributeError' | 'ValueError' | 'TypeError' | 'SyntaxError' | 'NameError'

/**
 * A rule text that cannot be read, or a segment that the official evaluator cannot handle. Upstream such an error ends
 * the rule step for the whole file; here it ends one verdict.
 */
export class RuleError extends Error {
  /** What Python raises at this place. */
  readonly pythonName: RuleErrorName

  constructor(pythonName: RuleErrorName, message: string) {
    super(message)
    this.name = 'RuleError'
    this.pythonName = pythonName
  }
}
