import { createJudge } from '../../checkers/instructions/judge-response.ts'
import type { LanguageTools } from '../../checkers/instructions/text-view.ts'
import { askJudge } from '../../checkers/judge/ask-judge.ts'
import { fenceMark } from '../../checkers/judge/fence.ts'
import { scoreSoft } from '../../checkers/reward-model/score-soft.ts'
import { sha256 } from '../../core/hash.ts'
import type { Constraint, Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import { PatternError } from '../../text/pattern-error.ts'
import type { Scorer, ScoringContext } from '../benchmark.ts'
import type { CompiledCheck } from './compile-check.ts'
import { readJsonResponse } from './json-response.ts'
import type { SetData } from './load.ts'
import { judgeMessages, readVerdict } from './prompt.ts'

/** What a check found, without the names of item and constraint. */
type Finding = Pick<Verdict, 'scorer' | 'value' | 'status'> & Partial<Verdict>

const judgeAttempts = 3

/** Scores responses by the checks that the set's author gave. There is no upstream: both protocols are the same. */
export function createScorer(tools: LanguageTools, labels: readonly string[]): Scorer<SetData> {
  return {
    labels,
    async score(item, response, context, protocols) {
      const findings = await Promise.all(
        item.constraints.map((constraint) => check(item, constraint, response, context, tools)),
      )
      return protocols.flatMap((protocol) =>
        findings.map((finding, index) => toVerdict(item, index, response, finding, protocol)),
      )
    },
  }
}

function toVerdict(
  item: Item<SetData>,
  index: number,
  { sample }: ModelResponse,
  finding: Finding,
  protocol: Protocol,
): Verdict {
  return { item: item.id, sample, constraint: item.constraints[index]!.id, protocol, ...finding }
}

async function check(
  item: Item<SetData>,
  constraint: Constraint,
  { text, status, sample }: ModelResponse,
  context: ScoringContext,
  tools: LanguageTools,
): Promise<Finding> {
  const compiled = item.data.get(constraint.id)!
  if (text === null) return { scorer: compiled.kind, value: null, status, reason: 'There is no response to check.' }
  switch (compiled.kind) {
    case 'instruction':
    case 'regex':
    case 'json-schema':
      return byRule(compiled, text, tools)
    case 'judge':
      return byJudge(item, constraint, compiled.question, { text, sample }, context)
    case 'rm':
      return byRewardModel(constraint, compiled.text, text, context)
    case 'python':
      return byPython(compiled.source, text, context)
    default: {
      const never: never = compiled
      throw new Error(`Unknown check: ${String(never)}`)
    }
  }
}

type RuleCheck = Extract<CompiledCheck, { kind: 'instruction' | 'regex' | 'json-schema' }>

function byRule(compiled: RuleCheck, text: string, tools: LanguageTools): Finding {
  try {
    return { scorer: 'rule', status: 'ok', ...ruleOutcome(compiled, text, tools) }
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    return { scorer: 'rule', value: null, status: 'check-error', reason: error.message }
  }
}

function ruleOutcome(compiled: RuleCheck, text: string, tools: LanguageTools) {
  switch (compiled.kind) {
    case 'instruction': {
      const { pass, expected, found } = createJudge(text, tools)(compiled.instruction, 'official').strict
      return { value: Number(pass), expected, found }
    }
    case 'regex': {
      const isMatch = compiled.pattern.test(text)
      const expected = `${compiled.wantsMatch ? 'a match' : 'no match'} of ${compiled.source}`
      return { value: Number(isMatch === compiled.wantsMatch), expected, found: isMatch ? 'a match' : 'no match' }
    }
    case 'json-schema': {
      const json = readJsonResponse(text)
      const flaw = json === undefined ? 'the response is not JSON' : compiled.validate(json.value)
      return { value: Number(flaw === null), expected: 'JSON that fulfils the schema', found: flaw ?? 'it does' }
    }
    default: {
      const never: never = compiled
      throw new Error(`Unknown check: ${String(never)}`)
    }
  }
}

async function byJudge(
  item: Item<SetData>,
  { id }: Constraint,
  question: string,
  { text, sample }: { text: string; sample: number },
  context: ScoringContext,
): Promise<Finding> {
  const answer = await askJudge(context, {
    role: 'judge',
    purpose: 'judge',
    maxAttempts: judgeAttempts,
    parse: readVerdict,
    request: () => ({
      messages: judgeMessages(question, text, fenceMark(text)),
      sampling: { temperature: 0 },
      sample,
      templateHash: sha256(judgeMessages('', '', '')[0]!.content),
      item: item.id,
      constraint: id,
    }),
  })
  const { status, scorer, keys, parsed, reason } = answer
  return {
    scorer,
    status,
    value: parsed === null ? null : Number(parsed),
    expected: question,
    calls: keys,
    ...(reason === undefined ? {} : { reason }),
  }
}

async function byRewardModel(
  { id, needsPrompt }: Constraint,
  text: string,
  response: string,
  context: ScoringContext,
): Promise<Finding> {
  if (needsPrompt) {
    return {
      scorer: 'rm',
      value: null,
      status: 'excluded',
      reason: 'the constraint needs the prompt, which a reward model does not see',
    }
  }
  const { verdicts } = await scoreSoft({ ...context, soft: 'rm' }, response, [{ id, text, needsPrompt }])
  return verdicts.get(id)!
}

async function byPython(source: string, response: string, { python }: ScoringContext): Promise<Finding> {
  if (!python) return { scorer: 'python', value: null, status: 'check-error', reason: 'the sandbox is switched off' }
  const outcome = await python.check({ source, response, mode: 'repaired' })
  const head = { scorer: 'python', expected: 'check_following(response) returns True' }
  if (outcome.kind === 'error') return { ...head, value: null, status: 'check-error', reason: outcome.error }
  if (typeof outcome.value === 'boolean') {
    return { ...head, value: Number(outcome.value), status: 'ok', found: String(outcome.value) }
  }
  return { ...head, value: null, status: 'check-error', reason: `expected True or False, got ${outcome.type}` }
}
