import { askJudge, type JudgeAnswer } from '../../checkers/judge/ask-judge.ts'
import type { Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import type { Resources, Scorer, ScoringContext } from '../benchmark.ts'
import { editionParts } from './editions.ts'
import { type Judgement, readLeniently, readStrictly } from './judge-reply.ts'
import { judgedText } from './judged-text.ts'
import { followRounds, maxReplies } from './official-rounds.ts'
import { fencedResponse, judgeMessages, needsFence } from './prompt.ts'
import { judgeSamplingFor, judgeSamplingWithoutTemperature } from './sampling.ts'
import type { WritingBenchData } from './schema.ts'
import { houseTemplates, type JudgeTemplates, loadJudgeTemplates } from './templates.ts'

/**
 * Reads upstream's judge prompt where it is installed; our own wording, with a label, otherwise. The prompt that can be
 * installed is version 2's: on the data of version 1 its figures are not the paper's, and say so.
 */
export async function prepareWritingBench(resources: Resources): Promise<Scorer<WritingBenchData>> {
  const upstream = await loadJudgeTemplates(resources)
  if (!upstream) return createScorer(houseTemplates, ['house-prompt'])
  return createScorer(upstream, editionParts(resources).version === 1 ? ['v2-prompt'] : [])
}

/** A scorer with given judge messages. Values are the judge's scores, 1 to 10, one call for each criterion. */
export function createScorer(templates: JudgeTemplates, labels: readonly string[]): Scorer<WritingBenchData> {
  return {
    labels,
    async score(item, response, context, protocols) {
      if (response.text === null) return protocols.flatMap((protocol) => unanswered(item, response, protocol))
      const { text, hasMark } = judgedText(response.text)
      if (hasMark) context.warn('</think> is left in responses: upstream judges the thinking with the answer')
      const asked = { templates, item, sample: response.sample, text, context }
      const judged = await Promise.all(
        item.constraints.map((_constraint, position) => judge({ ...asked, position }, protocols)),
      )
      return protocols.flatMap((protocol) =>
        item.constraints.map(({ id }, position) => ({
          item: item.id,
          sample: response.sample,
          constraint: id,
          protocol,
          ...judged[position]!.get(protocol)!,
        })),
      )
    },
  }
}

type Judged = Omit<Verdict, 'item' | 'sample' | 'constraint' | 'protocol'>

interface Question {
  readonly templates: JudgeTemplates
  readonly item: Item<WritingBenchData>
  readonly sample: number
  /** What is shown of the response. */
  readonly text: string
  readonly position: number
  readonly context: ScoringContext
}

/**
 * Both protocols read the same replies: `official` decides how often the judge is asked, `fixed` takes the first reply
 * that it can read. A response that looks like a part of the prompt is asked about once more for `fixed`, in a fence.
 */
async function judge(question: Question, protocols: readonly Protocol[]): Promise<Map<Protocol, Judged>> {
  const { templates, item, position, text, context } = question
  const judged = new Map<Protocol, Judged>()
  let shared: JudgeAnswer<Judgement> | null = null
  if (protocols.includes('official')) {
    if (item.data.criteria[position]!.isRepeated) judged.set('official', neverJudged)
    else {
      shared = await ask(question, text, readStrictly)
      judged.set('official', toVerdict(shared, officialDetail(shared, context)))
    }
  }
  if (protocols.includes('fixed')) {
    const isFenced = needsFence(templates, text)
    const known = shared === null || isFenced ? null : rereadLeniently(shared)
    const answer = known ?? (await ask(question, isFenced ? fencedResponse(text) : text, readLeniently))
    judged.set('fixed', toVerdict(answer))
  }
  return judged
}

function ask(
  { templates, item, sample, position, context }: Question,
  response: string,
  parse: (reply: string) => Judgement | null,
): Promise<JudgeAnswer<Judgement>> {
  const sampling = judgeSamplingFor(context.endpoint('judge'))
  if (sampling === judgeSamplingWithoutTemperature) {
    context.warn('the judge takes temperature or top-p, not both: top-p 0.95 is sent without temperature 1')
  }
  return askJudge(context, {
    role: 'judge',
    purpose: 'judge',
    request: () => ({
      messages: judgeMessages(templates, item.data.query, response, item.data.criteria[position]!.text),
      sampling,
      sample,
      templateHash: templates.hash,
      item: item.id,
      constraint: item.constraints[position]!.id,
    }),
    parse,
    maxAttempts: maxReplies,
    // A reply without text is one of the fifteen; a failed call ends the question, the next run asks again.
    onWithheld: 'next-round',
  })
}

/** The same replies read as `fixed` does; null when further ones are needed. */
function rereadLeniently(answer: JudgeAnswer<Judgement>): JudgeAnswer<Judgement> | null {
  for (const [count, { text }] of answer.rounds.entries()) {
    const parsed = text === null ? null : readLeniently(text)
    if (parsed === null) continue
    const { scorer } = answer
    const rounds = answer.rounds.slice(0, count + 1)
    return { status: 'ok', parsed, rounds, keys: rounds.map(({ key }) => key), scorer }
  }
  return answer.status === 'ok' ? null : answer
}

/** What upstream's own loop would have done with these replies, where it would have died. */
function officialDetail({ rounds, status }: JudgeAnswer<Judgement>, context: ScoringContext): Verdict['detail'] {
  if (status === 'judge-error' || status === 'excluded') return undefined
  const upstream = followRounds(rounds.map(({ text }) => text))
  if (!upstream?.raises || upstream.raises === 'ValueError') return undefined
  context.warn(
    `judge replies on which upstream's evaluation ends with ${upstream.raises}; here the next one is asked for`,
  )
  return { upstreamRaises: upstream.raises, upstreamCalls: upstream.calls }
}

function toVerdict(
  { parsed, status, scorer, keys, reason }: JudgeAnswer<Judgement>,
  detail?: Verdict['detail'],
): Judged {
  const head = { scorer, calls: keys, expected: 'a score from 1 to 10', ...(detail ? { detail } : {}) }
  if (!parsed) return { ...head, value: null, status, ...(reason === undefined ? {} : { reason }) }
  return { ...head, value: parsed.score, status: 'ok', found: `${parsed.score}: ${parsed.reason}` }
}

const neverJudged: Judged = {
  scorer: 'judge',
  value: null,
  status: 'excluded',
  reason: 'upstream never judges the second of two criteria with one name',
}

function unanswered(item: Item<WritingBenchData>, { sample, status }: ModelResponse, protocol: Protocol): Verdict[] {
  return item.constraints.map(({ id }) => ({
    item: item.id,
    sample,
    constraint: id,
    scorer: 'none',
    protocol,
    value: null,
    status,
    reason: 'there is no answer to judge',
  }))
}
