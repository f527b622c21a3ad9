import { type JudgeReading, judgeScores, readJudgeReply } from '../../checkers/followbench/judge-reply.ts'
import { readJudgeReplyTolerantly } from '../../checkers/followbench/tolerant-judge-reply.ts'
import { askJudge, type JudgeAnswer, type JudgeQuestion } from '../../checkers/judge/ask-judge.ts'
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
  const verdicts: Verdict[] = []
  for (const protocol of protocols) {
    const decide = soft.forJudge.length > 0 ? await readings[protocol]({ subject, text, context, prompts }) : null
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
}

/** Says what the judge found, per constraint (0-based). */
type Decide = (index: number) => Decision

const readings: Readonly<Record<Protocol, (question: Question) => Promise<Decide>>> = { official, fixed }

/**
 * One question, whose reply is taken as it is: upstream does not ask again for a reply that it cannot read. Its five
 * attempts repeat a failed request, which the endpoint's own retries do here.
 */
async function official(question: Question): Promise<Decide> {
  const { language, level } = question.subject.item.data
  const answer = await ask(question, { isFenced: false, maxAttempts: 1, parse: (reply) => reply })
  if (answer.parsed === null) return () => undecided(answer)
  const openCompass = judgeScores(readJudgeReply(answer.parsed, level, 'opencompass'))
  const detail = { openCompass: openCompass && [openCompass.hard, openCompass.soft] }
  const reading = readJudgeReply(answer.parsed, level, language)
  return (index) => ({ ...(reading.parsed ? decided(answer, reading, index) : unread(answer, reading.reason)), detail })
}

/** Asked again, up to three rounds, until a reply can be read; an answer that looks like the prompt is fenced. */
async function fixed(question: Question): Promise<Decide> {
  const { level, type } = question.subject.item.data
  const isFenced = needsFence(question.text, type as JudgedType, level, question.prompts)
  let reason = 'no reply'
  const answer = await ask<ParsedReading>(question, {
    isFenced,
    maxAttempts: 3,
    parse: (reply, _attempt, status) => {
      const reading = readJudgeReplyTolerantly(reply, level)
      const isWhole = status !== 'truncated'
      if (reading.parsed && isWhole) return reading
      reason = reading.parsed || !isWhole ? 'the reply was cut at its token limit' : reading.reason
      return null
    },
  })
  const { parsed, status } = answer
  if (parsed === null) return () => (status === 'judge-unparsed' ? unread(answer, reason) : undecided(answer))
  return (index) => ({ ...decided(answer, parsed, index), detail: { isFenced } })
}

type ParsedReading = Extract<JudgeReading, { parsed: true }>

function decided({ scorer, keys }: JudgeAnswer<unknown>, { values, words }: ParsedReading, index: number): Decision {
  return {
    scorer,
    value: values[index] ?? null,
    status: 'ok',
    expected: `YES as verdict ${index + 1} of ${values.length}`,
    found: words[index] ?? '',
    calls: keys,
  }
}

function unread({ scorer, keys }: JudgeAnswer<unknown>, reason: string): Decision {
  return { scorer, value: null, status: 'judge-unparsed', reason, calls: keys }
}

/** No reply at all, or nobody to ask. */
function undecided({ scorer, keys, rounds, status, reason = 'no reply' }: JudgeAnswer<unknown>): Decision {
  // Replies recorded elsewhere may have none for an item, which upstream's Chinese code does not count as a failure.
  const detail = rounds.at(-1)?.failureKind === 'not-found' ? { detail: { replyAbsent: true } } : {}
  return { scorer, value: null, status: status === 'ok' ? 'judge-error' : status, reason, calls: keys, ...detail }
}

type Reader<Parsed> = Pick<JudgeQuestion<Parsed>, 'maxAttempts' | 'parse'> & { readonly isFenced: boolean }

/** Both protocols send the same first request, unless one of them fences: the run answers it once. */
function ask<Parsed>(
  { subject, text, context, prompts }: Question,
  reader: Reader<Parsed>,
): Promise<JudgeAnswer<Parsed>> {
  const { item, response } = subject
  const { type, path, language } = item.data
  const { isFenced, maxAttempts, parse } = reader
  const content = prompts.render(type as JudgedType, path, isFenced ? fenceAnswer(text, language) : text)
  return askJudge(context, {
    role: 'judge',
    purpose: isFenced ? 'judge-fenced' : 'judge',
    maxAttempts,
    parse,
    request: () => ({
      messages: [{ role: 'user', content }],
      sampling: judgeSampling,
      sample: response.sample,
      templateHash: prompts.templateHash,
      item: item.id,
    }),
  })
}
