import { type JudgeReading, judgeScores, readJudgeReply } from '../../checkers/followbench/judge-reply.ts'
import { readJudgeReplyTolerantly } from '../../checkers/followbench/tolerant-judge-reply.ts'
import { askJudge, type JudgeAnswer } from '../../checkers/judge/ask-judge.ts'
import { type SoftScores, scoreSoft } from '../../checkers/reward-model/score-soft.ts'
import type { ScoringContext } from '../../checkers/scoring-context.ts'
import type { Constraint } from '../../core/item.ts'
import type { Sampling } from '../../core/sampling.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import { type Decision, type Subject, verdict } from './_verdicts.ts'
import { fenceAnswer, needsFence } from './fence.ts'
import type { JudgedType, JudgePrompts } from './judge-prompt.ts'

/** Settings of llm_eval.py at 6278f4c1: greedy, at most 1,024 tokens. */
export const judgeSampling: Sampling = { temperature: 0, maxTokens: 1024 }

/** Verdicts on an item that a judge scores, with a reward model in front of it where the policy says so. */
export async function scoreJudged(
  subject: Subject,
  text: string,
  context: ScoringContext,
  prompts: JudgePrompts,
  protocols: readonly Protocol[],
): Promise<Verdict[]> {
  const { constraints } = subject.item
  const soft = await scoreSoft(context, text, constraints.map(asSoftConstraint))
  const asked = new Map<string, Promise<JudgeAnswer<string>>>()
  const verdicts: Verdict[] = []
  for (const protocol of protocols) {
    const decide = soft.forJudge.length > 0 ? await judge({ subject, text, context, prompts, asked }, protocol) : null
    for (const [index, constraint] of constraints.entries()) {
      const decision = soft.verdicts.get(constraint.id) ?? withProbability(decide!(index), soft, constraint)
      verdicts.push(verdict(subject, protocol, constraint, decision))
    }
  }
  return verdicts
}

function asSoftConstraint({ id, text, needsPrompt, tags }: Constraint) {
  return { id, text, needsPrompt, ...(typeof tags.kind === 'string' ? { type: tags.kind } : {}) }
}

function withProbability(decision: Decision, soft: SoftScores, { id }: Constraint): Decision {
  const p = soft.probabilities.get(id)
  return p === undefined ? decision : { ...decision, detail: { ...decision.detail, rewardModelProbability: p } }
}

interface Question {
  readonly subject: Subject
  readonly text: string
  readonly context: ScoringContext
  readonly prompts: JudgePrompts
  /** Answers under way by purpose: protocols that need the same prompt share one call. */
  readonly asked: Map<string, Promise<JudgeAnswer<string>>>
}

/** Asks the judge and says what it found, per constraint (0-based). */
async function judge(question: Question, protocol: Protocol): Promise<(index: number) => Decision> {
  const { language, level, type } = question.subject.item.data
  const isFenced = protocol === 'fixed' && needsFence(question.text, type as JudgedType, level, question.prompts)
  const answer = await ask(question, isFenced)
  const { scorer, keys: calls, rounds } = answer
  if (answer.parsed === null) {
    const status = answer.status === 'ok' ? 'judge-error' : answer.status
    // Replies recorded elsewhere may have none for an item, which upstream's Chinese code does not count as a failure.
    const detail = rounds.at(-1)?.failureKind === 'not-found' ? { replyAbsent: true } : {}
    return () => ({ scorer, value: null, status, reason: answer.reason ?? 'no reply', calls, detail })
  }
  const isCut = rounds.at(-1)?.status === 'truncated'
  const reading =
    protocol === 'official' ? readJudgeReply(answer.parsed, level, language) : readFixed(answer.parsed, level, isCut)
  const detail = protocol === 'official' ? { openCompass: openCompassScores(answer.parsed, level) } : { isFenced }
  if (!reading.parsed) {
    const { reason } = reading
    return () => ({ scorer, value: null, status: 'judge-unparsed', reason, calls, detail })
  }
  return (index) => ({
    scorer,
    value: reading.values[index] ?? null,
    status: 'ok',
    expected: `YES as verdict ${index + 1} of ${level}`,
    found: reading.words[index] ?? '',
    calls,
    detail,
  })
}

/**
 * One question, whose reply is taken as it is. Upstream's five attempts repeat a failed request, which the endpoint's own
 * retries do here; a reply that cannot be read is not asked for again.
 */
function ask({ subject, text, context, prompts, asked }: Question, isFenced: boolean): Promise<JudgeAnswer<string>> {
  const purpose = isFenced ? 'judge-fenced' : 'judge'
  const known = asked.get(purpose)
  if (known) return known
  const { item, response } = subject
  const { type, path, language } = item.data
  const content = prompts.render(type as JudgedType, path, isFenced ? fenceAnswer(text, language) : text)
  const pending = askJudge<string>(context, {
    role: 'judge',
    purpose,
    maxAttempts: 1,
    parse: (reply) => reply,
    request: () => ({
      messages: [{ role: 'user', content }],
      sampling: judgeSampling,
      sample: response.sample,
      templateHash: prompts.templateHash,
      item: item.id,
    }),
  })
  asked.set(purpose, pending)
  return pending
}

function readFixed(reply: string, level: number, isCut: boolean): JudgeReading {
  if (isCut) return { parsed: false, reason: 'the reply was cut at its token limit, before its verdict' }
  return readJudgeReplyTolerantly(reply, level)
}

/** `[hard, soft]` as OpenCompass reads the reply, or null where it drops the item. */
function openCompassScores(reply: string, level: number): readonly [number, number] | null {
  const scores = judgeScores(readJudgeReply(reply, level, 'opencompass'))
  return scores && [scores.hard, scores.soft]
}
