import { RuleError } from '../../checkers/complexbench/rule-error.ts'
import type { JudgeAnswer } from '../../checkers/judge/ask-judge.ts'
import { type SoftScores, scoreSoft } from '../../checkers/reward-model/score-soft.ts'
import type { ScoringContext } from '../../checkers/scoring-context.ts'
import type { Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import { codePointLength, sliceCodePoints } from '../../text/code-points.ts'
import type { Scorer } from '../benchmark.ts'
import { askSegments, askVerdict } from './ask-question.ts'
import type { ComplexBenchData, Question } from './item-data.ts'
import { questionPrompt } from './prompt.ts'
import { unknownLabels } from './taxonomy.ts'
import type { PromptTemplates } from './templates.ts'

type Finding = Omit<Verdict, 'item' | 'sample' | 'constraint' | 'protocol'>

/**
 * Scores responses question by question: an extraction and then the rule where there is one, otherwise the judge or the
 * reward model. All calls of a response are under way at once.
 *
 * Values: 1 and 0, and under `official` 2 for a rule form that the official evaluator does not know. A response without
 * text is scored under `official` as upstream scores null, with the response's status, so that bounds can be told; under
 * `fixed` it is not measured. Of a call that failed nobody is asked anything: the next run tries it again.
 */
export function createScorer(templates: PromptTemplates): Scorer<ComplexBenchData> {
  return {
    labels: templates.isUpstream ? [] : ['house-prompt'],
    async score(item, response, context, protocols) {
      warnOfLabels(item, context)
      const soft = scoreJudged(item, response, context)
      const findings = await Promise.all(
        protocols.flatMap((protocol) =>
          item.constraints.map(async (constraint, position) => ({
            item: item.id,
            sample: response.sample,
            constraint: constraint.id,
            protocol,
            ...(await find({ templates, item, response, context, protocol, position, soft })),
          })),
        ),
      )
      return findings
    },
  }
}

interface Case {
  readonly templates: PromptTemplates
  readonly item: Item<ComplexBenchData>
  readonly response: ModelResponse
  readonly context: ScoringContext
  readonly protocol: Protocol
  readonly position: number
  readonly soft: Promise<SoftScores>
}

async function find(task: Case): Promise<Finding> {
  const { item, response, protocol, position } = task
  if (response.text === null && (protocol === 'fixed' || response.status === 'provider-error')) {
    return { scorer: 'none', value: null, status: response.status, reason: 'there is no response to score' }
  }
  const question = item.data.questions[position]!
  return question.rule === null ? findByJudge(task, question) : findByRule(task, question)
}

async function findByJudge(task: Case, question: Question): Promise<Finding> {
  const { item, response, context, protocol, position, soft } = task
  const { verdicts } = await soft
  const scored = verdicts.get(item.constraints[position]!.id)
  if (scored) return scored.value === null ? scored : { ...scored, status: response.status }
  const input = { instruction: item.data.instruction, response: response.text, question, protocol }
  const answer = await askVerdict(context, questionPrompt(task.templates, input), input, place(task))
  const head = { scorer: answer.scorer, expected: 'the judge answers 是 (yes)', calls: answer.keys }
  if (answer.status !== 'ok') return { ...head, value: null, status: answer.status, reason: answer.reason! }
  return { ...head, value: answer.parsed ? 1 : 0, status: response.status, found: lastReply(answer) }
}

async function findByRule(task: Case, question: Question): Promise<Finding> {
  const { item, response, context, protocol } = task
  const rule = question.rule![protocol]
  const input = { instruction: item.data.instruction, response: response.text, question, protocol }
  const answer = await askSegments(context, questionPrompt(task.templates, input), input, place(task))
  // Without an extractor no rule is run: nobody decides.
  const scorer = answer.status === 'excluded' ? answer.scorer : `rule+${answer.scorer.replace(/^judge/, 'extractor')}`
  const head = { scorer, calls: answer.keys, detail: { kind: rule.kind } }
  if (answer.status !== 'ok') return { ...head, value: null, status: answer.status, reason: answer.reason! }
  try {
    const { verdict, expected, found } = rule.evaluate(answer.parsed!)
    if (verdict !== 2) return { ...head, value: verdict ? 1 : 0, status: response.status, expected, found }
    const reason = `the official evaluator does not know the form of this rule: ${question.rule!.text}`
    return protocol === 'official'
      ? { ...head, value: 2, status: response.status, expected, found, reason }
      : { ...head, value: null, status: 'check-error', expected, found, reason }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    const reason = `the official evaluator ends in ${error.pythonName}: ${error.message}`
    return { ...head, value: null, status: 'check-error', reason }
  }
}

/** Verdicts of the reward model on the questions that a judge would get; a missing response is left to the judge. */
function scoreJudged(item: Item<ComplexBenchData>, response: ModelResponse, context: ScoringContext) {
  const judged = item.constraints.filter((_constraint, position) => item.data.questions[position]!.rule === null)
  return scoreSoft(
    response.text === null ? { soft: 'judge', rewardModel: null } : context,
    response.text ?? '',
    judged.map(({ id, text, needsPrompt, tags }) => {
      const type = tags['constraint-type']?.[0]
      return { id, text, needsPrompt, ...(type === undefined ? {} : { type }) }
    }),
  )
}

function place({ item, response, position }: Case) {
  return { item: item.id, constraint: item.constraints[position]!.id, sample: response.sample }
}

function lastReply({ rounds }: JudgeAnswer<boolean>): string {
  const text = rounds.at(-1)!.text!
  return codePointLength(text) > 120 ? `…${sliceCodePoints(text, -120)}` : text
}

function warnOfLabels({ tags }: Item<ComplexBenchData>, context: ScoringContext): void {
  for (const message of unknownLabels(String(tags.category), String(tags['task-type']))) context.warn(message)
}
