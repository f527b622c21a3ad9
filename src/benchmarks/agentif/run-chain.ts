import type { PythonRunner } from '../../checkers/scoring-context.ts'
import type { JudgeDesk, JudgePurpose } from './judge-desk.ts'
import type { NullReason, Outcome } from './outcome.ts'
import type { StepRecord } from './schema.ts'

/** `strict`: upstream's chain. `repaired`: snippets run in one namespace, and a failure stays with its constraint. */
export type ChainMode = 'strict' | 'repaired'

/** What a chain needs of its surroundings. */
export interface ChainTools {
  readonly desk: JudgeDesk
  readonly python: PythonRunner | null
  readonly mode: ChainMode
}

/** A chain that upstream's scorer leaves with an exception, which ends the item. */
export interface Abortion {
  readonly abort: string
  readonly calls: readonly string[]
}

type Known = 'llm' | 'llm_conditional_check' | 'code'

/** What a step works on: text, another value of a snippet, or nothing, with the reason. */
type Working =
  | { readonly kind: 'text'; readonly text: string; readonly from: 'answer' | 'judge' | 'code' }
  | { readonly kind: 'value'; readonly value: unknown; readonly truthy: boolean }
  | { readonly kind: 'null'; readonly why: NullReason; readonly reason: string }

const nothing = 'the judge answered nothing'

/** Runs the steps of one constraint on the answer (upstream's `code4eval/1.evaluation_api.py` at e00af1b6). */
export async function runChain(
  constraint: string,
  steps: readonly StepRecord[],
  answer: string,
  { desk, python, mode }: ChainTools,
): Promise<Outcome | Abortion> {
  const isStrict = mode === 'strict'
  const calls: string[] = []
  const scorers = new Set<string>()
  let working: Working = { kind: 'text', text: answer, from: 'answer' }
  const expected = describeSteps(steps)
  const end = (rest: Pick<Outcome, 'score' | 'truthy'> & Partial<Outcome>): Outcome => ({
    hasScore: true,
    expected,
    calls,
    scorer: [...scorers].join('+') || 'judge',
    ...rest,
  })
  const withoutScore = (why: NullReason, reason: string, found?: string) =>
    end({ score: null, truthy: false, why, reason, ...(found === undefined ? {} : { found }) })
  const ask = async (prompt: unknown, text: string, purpose: JudgePurpose) => {
    if (typeof prompt !== 'string') return { text: null, isOpen: false, reason: 'the step has no prompt text' }
    const reply = await desk.ask(prompt, text, purpose, constraint, isStrict)
    calls.push(...reply.calls)
    scorers.add(reply.scorer)
    return reply
  }

  // parity: steps of unknown types are passed over.
  const known = steps.filter(({ type }) => isKnown(type))
  for (let index = 0; index < known.length; index++) {
    const step = known[index]!
    if (!Object.hasOwn(step, 'exec')) {
      const problem = `a ${step.type} step without exec`
      return isStrict ? { abort: problem, calls } : withoutScore('code_error', problem)
    }
    const type = step.type as Known
    switch (type) {
      case 'llm_conditional_check': {
        if (!desk.isOpen) return withoutScore('no_judge', 'no judge configured')
        const reply =
          working.kind === 'text'
            ? await ask(step.exec, working.text, 'condition')
            : { text: null, isOpen: false, reason: whyNoText(working) }
        if (reply.text === null) {
          const problem = `the condition could not be checked: ${reply.reason}`
          if (isStrict && !reply.isOpen) return { abort: problem, calls }
          return withoutScore(working.kind === 'null' ? working.why : 'judge_failed', problem)
        }
        if (!isStrict && !/YES|NO/.test(reply.text)) {
          const problem = 'the condition could not be read: neither YES nor NO'
          return withoutScore('judge_unparsed', problem, `the judge wrote ${excerpt(reply.text)}`)
        }
        if (!reply.text.includes('YES')) {
          return withoutScore('condition_not_met', 'the condition is not met', `the judge wrote ${excerpt(reply.text)}`)
        }
        break
      }
      case 'llm': {
        if (working.kind === 'null') return withoutScore(working.why, working.reason)
        if (working.kind === 'value') return withoutScore('judge_failed', whyNoText(working))
        if (!desk.isOpen) return withoutScore('no_judge', 'no judge configured')
        const reply = await ask(step.exec, working.text, 'judge')
        if (!reply.text) return withoutScore('judge_failed', reply.reason ?? nothing)
        working = { kind: 'text', text: reply.text, from: 'judge' }
        break
      }
      case 'code': {
        const sources: unknown[] = []
        // Snippets in a row run in one go, so that what passes between them never leaves Python.
        while (known[index]?.type === 'code' && Object.hasOwn(known[index]!, 'exec')) sources.push(known[index++]!.exec)
        index -= 1
        const response = working.kind === 'text' ? working.text : null
        working = await runSnippets(sources.map(sourceOf), response, python, mode)
        scorers.add(python ? `python:${python.name}` : 'python')
        break
      }
      default: {
        const never: never = type
        throw new Error(`Unknown step: ${String(never)}`)
      }
    }
  }
  return verdict(working, end)
}

type End = (rest: Pick<Outcome, 'score' | 'truthy'> & Partial<Outcome>) => Outcome

/** parity: case-sensitive substrings, YES first, so that EYES passes and KNOW fails. */
function verdict(working: Working, end: End): Outcome {
  switch (working.kind) {
    case 'text': {
      const found = `${writers[working.from]} ${excerpt(working.text)}`
      const score = working.text.includes('YES') ? true : working.text.includes('NO') ? false : null
      const rest = { score, truthy: score === true, llmOutput: working.text, found }
      return end(score === null ? { ...rest, why: 'judge_unparsed', reason: 'neither YES nor NO in the text' } : rest)
    }
    case 'value':
      return end({
        score: working.value,
        truthy: working.truthy,
        found: `check_following gave ${excerpt(working.value)}`,
      })
    case 'null':
      return end({ score: null, truthy: false, why: working.why, reason: working.reason })
    default: {
      const never: never = working
      throw new Error(`Unknown value: ${String(never)}`)
    }
  }
}

const writers = { answer: 'no step gave a verdict; the answer is', judge: 'the judge wrote', code: 'the snippet gave' }

async function runSnippets(
  source: readonly string[],
  response: string | null,
  python: PythonRunner | null,
  mode: ChainMode,
): Promise<Working> {
  if (python === null) return { kind: 'null', why: 'code_error', reason: 'the sandbox is off' }
  const outcome = await python.check({ source, response, mode })
  if (outcome.kind === 'error') {
    return { kind: 'null', why: 'code_error', reason: `${outcome.reason}: ${outcome.error}` }
  }
  const { value, truthy } = outcome
  if (value === null) return { kind: 'null', why: 'code_returned_null', reason: 'check_following gave None' }
  return typeof value === 'string' ? { kind: 'text', text: value, from: 'code' } : { kind: 'value', value, truthy }
}

function sourceOf(exec: unknown): string {
  return typeof exec === 'string' ? exec : 'raise TypeError("exec is not text")'
}

function isKnown(type: string): type is Known {
  return type === 'llm' || type === 'llm_conditional_check' || type === 'code'
}

function whyNoText(working: Exclude<Working, { kind: 'text' }>): string {
  return working.kind === 'null' ? working.reason : `a snippet gave ${excerpt(working.value)}, which is no text to show`
}

function describeSteps(steps: readonly StepRecord[]): string {
  const words = { llm: 'judge', llm_conditional_check: 'condition', code: 'check_following' }
  return steps.map(({ type }) => (isKnown(type) ? words[type] : `(${type.slice(0, 40)})`)).join(' > ') || 'no step'
}

function excerpt(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  const characters = [...text.slice(0, 200)]
  return characters.length > 80 ? `${characters.slice(0, 80).join('')}…` : text
}
