import { type JudgeReading, judgeScores, readJudgeReply } from '../../checkers/followbench/judge-reply.ts'
import { readJudgeReplyTolerantly } from '../../checkers/followbench/tolerant-judge-reply.ts'
import { type SoftScores, scoreSoft } from '../../checkers/reward-model/score-soft.ts'
import type { ScoringContext } from '../../checkers/scoring-context.ts'
import type { Constraint } from '../../core/item.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import { type Decision, type Subject, verdict } from './_verdicts.ts'
import { askJudge, type JudgeAnswer } from './ask-judge.ts'
import { fence, looksLikePrompt } from './fence.ts'
import type { JudgedType, JudgePrompts } from './judge-prompt.ts'

/** Verdicts on an item that a judge scores, with a reward model in front of it where the policy says so. */
export async function scoreJudged(
  subject: Subject,
  text: string,
  context: ScoringContext,
  prompts: JudgePrompts,
  protocols: readonly Protocol[],
): Promise<Verdict[]> {
  const soft = await scoreSoft(context, text, subject.item.constraints.map(asSoftConstraint))
  const endpoint = context.endpoint('judge')
  const judge = endpoint === null || soft.forJudge.length === 0 ? null : `judge:${endpoint}`
  const asked = new Map<string, Promise<JudgeAnswer>>()
  const verdicts: Verdict[] = []
  for (const protocol of protocols) {
    const decide = judge ? await readAnswer(subject, text, context, prompts, protocol, judge, asked) : () => noJudge
    for (const [index, constraint] of subject.item.constraints.entries()) {
      const decision = soft.verdicts.get(constraint.id) ?? withProbability(decide(index), soft, constraint)
      verdicts.push(verdict(subject, protocol, constraint, decision))
    }
  }
  return verdicts
}

const noJudge: Decision = { scorer: 'judge', value: null, status: 'excluded', reason: 'no judge configured' }

function asSoftConstraint({ id, text, needsPrompt, tags }: Constraint) {
  return { id, text, needsPrompt, ...(typeof tags.kind === 'string' ? { type: tags.kind } : {}) }
}

function withProbability(decision: Decision, soft: SoftScores, { id }: Constraint): Decision {
  const p = soft.probabilities.get(id)
  return p === undefined ? decision : { ...decision, detail: { ...decision.detail, rewardModelProbability: p } }
}

/** Asks the judge (once for all protocols that need the same prompt) and says what it found per constraint. */
async function readAnswer(
  { item, response }: Subject,
  text: string,
  context: ScoringContext,
  prompts: JudgePrompts,
  protocol: Protocol,
  scorer: string,
  asked: Map<string, Promise<JudgeAnswer>>,
): Promise<(index: number) => Decision> {
  const { language, level, path } = item.data
  const type = item.data.type as JudgedType
  const isFenced = protocol === 'fixed' && looksLikePrompt(text, type, level, prompts)
  const purpose = isFenced ? 'judge-fenced' : 'judge'
  let pending = asked.get(purpose)
  if (!pending) {
    const prompt = prompts.render(type, path, isFenced ? fence(text, language) : text)
    const { templateHash } = prompts
    pending = askJudge(context, { purpose, prompt, templateHash, sample: response.sample, item: item.id })
    asked.set(purpose, pending)
  }
  const answer = await pending
  const { calls } = answer
  if (answer.kind === 'nothing') {
    const { reason, isAbsent } = answer
    const detail = isAbsent ? { replyAbsent: true } : {}
    return () => ({ scorer, value: null, status: 'judge-error', reason, calls, detail })
  }
  const reading = protocol === 'official' ? readJudgeReply(answer.text, level, language) : readFixed(answer, level)
  const detail = protocol === 'official' ? { openCompass: openCompassScores(answer.text, level) } : { isFenced }
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

function readFixed({ text, isCut }: Extract<JudgeAnswer, { kind: 'reply' }>, level: number): JudgeReading {
  if (isCut) return { parsed: false, reason: 'the reply was cut at its token limit, before its verdict' }
  return readJudgeReplyTolerantly(text, level)
}

/** `[hard, soft]` as OpenCompass reads the reply, or null where it drops the item. */
function openCompassScores(text: string, level: number): readonly [number, number] | null {
  const scores = judgeScores(readJudgeReply(text, level, 'opencompass'))
  return scores && [scores.hard, scores.soft]
}
