import { PatternMachine, type Span } from './_pattern-machine.ts'
import { parsePattern } from './_pattern-parser.ts'
import { compileProgram } from './_pattern-program.ts'

export interface PatternOptions {
  /** Like `re.IGNORECASE`. @default false */
  readonly ignoreCase?: boolean
}

/** A Python regular expression whose matching time cannot explode. Made by {@link compilePythonPattern}. */
export interface PythonPattern {
  /** Number of capturing groups. */
  readonly groups: number
  /** `re.search(pattern, text) is not None`. */
  test(text: string): boolean
  /** `len(re.findall(pattern, text))`. */
  count(text: string): number
  /** Spans of `re.finditer(pattern, text)`, in UTF-16 units. */
  matches(text: string): Generator<Span>
}

/**
 * Compiles a Python regular expression of user data. Supported: literals, `.`, character sets, `\d \w \s` and their
 * negations, `\b \B \A \Z ^ $`, groups, `|`, greedy and lazy repetition of parts that are never empty, escapes by name
 * or code. Refused: look-around, references, flags, named, atomic and possessive constructs, octal escapes, patterns of
 * more than 256 steps. Time is bounded: about text length times pattern size for each match.
 * @throws PatternError for bad or unsupported syntax; while matching, when a text takes too long
 */
export function compilePythonPattern(pattern: string, { ignoreCase = false }: PatternOptions = {}): PythonPattern {
  const { node, groups } = parsePattern(pattern)
  const program = compileProgram(node, ignoreCase)
  function* matches(text: string): Generator<Span> {
    const machine = new PatternMachine(program, text)
    let from = 0
    let mustAdvance = false
    while (from <= text.length) {
      const span = machine.search(from, mustAdvance)
      if (!span) return
      yield span
      from = span.end
      // Since Python 3.7 an empty match may follow a match directly, but not another empty one.
      mustAdvance = span.end === span.start
    }
  }
  return {
    groups,
    matches,
    test: (text) => new PatternMachine(program, text).search(0, false) !== null,
    count(text) {
      let count = 0
      for (const _ of matches(text)) count += 1
      return count
    },
  }
}
