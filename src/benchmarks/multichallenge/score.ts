import { askJudge, type JudgeAnswer } from '../../checkers/judge/ask-judge.ts'
import { type SoftVerdict, scoreSoft } from '../../checkers/reward-model/score-soft.ts'
import type { Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import {
  fillTemplate,
  loadUpstreamTemplate,
  multichallengeJudgeRecipe,
  type UpstreamTemplate,
} from '../../data/upstream-template/index.ts'
import type { Resources, Scorer, ScoringContext } from '../benchmark.ts'
import { houseTemplate } from './house-prompt.ts'
import { type JudgeResponse, readLeniently, readStructured } from './judge-reply.ts'
import { fencedResponse, judgeRequest, needsFence } from './prompt.ts'
import type { MultichallengeData } from './schema.ts'

/** Rounds that `fixed` asks until a reply can be read; upstream asks once. */
export const fixedRounds = 3

/** Reads upstream's judge prompt where it is installed; our own wording, with a label, otherwise. */
export async function prepareMultichallenge(resources: Resources): Promise<Scorer<MultichallengeData>> {
  const path = resources.asset('multichallenge-upstream', 'src/evaluator.py')
  if (path === null) return createScorer(houseTemplate, ['house-prompt'])
  return createScorer(await loadUpstreamTemplate(path, multichallengeJudgeRecipe), [])
}

/** A scorer with a given judge template, whose slots are those of upstream's: response, target question. */
export function createScorer(template: UpstreamTemplate, labels: readonly string[]): Scorer<MultichallengeData> {
  fillTemplate(template.text, ['', ''], template.style)
  return {
    labels,
    async score(item, response, context, protocols) {
      const head = { item: item.id, sample: response.sample, constraint: item.constraints[0]!.id }
      if (response.text === null) {
        return protocols.map((protocol) => ({
          ...head,
          protocol,
          scorer: 'judge',
          value: null,
          status: response.status,
          reason: 'there is no answer to judge',
        }))
      }
      const [constraint] = item.constraints
      const soft = await scoreSoft(context, response.text, [constraint!])
      const byModel = soft.verdicts.get(constraint!.id)
      const judged = byModel
        ? new Map<Protocol, SoftVerdict>(protocols.map((protocol) => [protocol, byModel]))
        : await judge(template, item, { ...response, text: response.text }, context, protocols)
      return protocols.map((protocol): Verdict => ({ ...head, protocol, ...judged.get(protocol)! }))
    },
  }
}

type Judged = SoftVerdict & Pick<Verdict, 'calls'>

/**
 * Both protocols read the same first reply; `fixed` asks again where it could not be read. A response that looks like a
 * part of the prompt is asked about once more for `fixed`, in a fence.
 */
async function judge(
  template: UpstreamTemplate,
  item: Item<MultichallengeData>,
  { text, sample }: ModelResponse & { readonly text: string },
  context: ScoringContext,
  protocols: readonly Protocol[],
): Promise<Map<Protocol, Judged>> {
  const ask = (response: string, maxAttempts: number, parse: (reply: string) => JudgeResponse | null) =>
    askJudge(context, {
      role: 'judge',
      purpose: 'judge',
      request: () => judgeRequest(template, item, response, sample),
      parse,
      maxAttempts,
    })
  const { passCriteria } = item.data
  const isFenced = protocols.includes('fixed') && needsFence(template, text)
  const judged = new Map<Protocol, Judged>()
  let shared: JudgeAnswer<JudgeResponse> | null = null
  if (protocols.includes('official')) {
    const isShared = protocols.includes('fixed') && !isFenced
    shared = isShared ? await ask(text, fixedRounds, readLeniently) : await ask(text, 1, readStructured)
    judged.set('official', toVerdict(firstRound(shared), passCriteria))
  }
  if (protocols.includes('fixed')) {
    const answer =
      shared && !isFenced ? shared : await ask(isFenced ? fencedResponse(text) : text, fixedRounds, readLeniently)
    judged.set('fixed', toVerdict(answer, passCriteria))
  }
  return judged
}

/** What upstream sees of an answer: the first reply, read strictly. */
function firstRound(answer: JudgeAnswer<JudgeResponse>): JudgeAnswer<JudgeResponse> {
  const [first] = answer.rounds
  if (!first) return answer
  const parsed = first.text === null ? null : readStructured(first.text)
  const { scorer } = answer
  const once = { rounds: [first], keys: [first.key], parsed, scorer }
  if (parsed) return { ...once, status: 'ok' }
  const isReply = first.text !== null && first.text.trim() !== ''
  const status = isReply ? 'judge-unparsed' : 'judge-error'
  const reason = answer.reason ?? 'the first reply of the judge is not the JSON object that was asked for'
  return { ...once, status, reason }
}

function toVerdict(answer: JudgeAnswer<JudgeResponse>, passCriteria: string): Judged {
  const { parsed, status, scorer, keys: calls, reason, rounds } = answer
  const expected = `verdict ${passCriteria}`
  if (!parsed) {
    const error = rounds.at(-1)?.failure
    return {
      scorer,
      value: null,
      status,
      expected,
      calls,
      ...(reason ? { reason } : {}),
      ...(error === undefined ? {} : { detail: { error } }),
    }
  }
  const { verdict, reasoning } = parsed
  return {
    scorer,
    value: verdict === passCriteria ? 1 : 0,
    status: 'ok',
    expected,
    found: `verdict ${verdict}`,
    calls,
    detail: { verdict, reasoning },
  }
}
