import { askJudge, type JudgeAnswer } from '../../checkers/judge/ask-judge.ts'
import { type SoftScores, scoreSoft } from '../../checkers/reward-model/score-soft.ts'
import type { Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import {
  cfbenchJudgeRecipe,
  fillTemplate,
  loadUpstreamTemplate,
  type UpstreamTemplate,
} from '../../data/upstream-template/index.ts'
import type { Resources, Scorer, ScoringContext } from '../benchmark.ts'
import { houseTemplate } from './house-prompt.ts'
import { positionalScores, strictScores } from './judge-reply.ts'
import { type Judgement, officialJudgement, officialRounds, positionalJudgement } from './judgement.ts'
import { fencedResponse, judgeRequest, needsFence } from './prompt.ts'
import type { CfbenchData } from './schema.ts'

/** Reads upstream's judge prompt where it is installed; our own wording, with a label, otherwise. */
export async function prepareCfbench(resources: Resources): Promise<Scorer<CfbenchData>> {
  const path = resources.asset('cfbench-upstream', 'code/evalaute.py')
  if (path === null) return createScorer(houseTemplate, ['house-prompt'])
  return createScorer(await loadUpstreamTemplate(path, cfbenchJudgeRecipe), [])
}

/** A scorer with a given judge template, whose slots are those of upstream's: prompt, gold_ans, response, criteria. */
export function createScorer(template: UpstreamTemplate, labels: readonly string[]): Scorer<CfbenchData> {
  fillTemplate(template.text, { prompt: '', gold_ans: '', response: '', criteria: '' }, template.style)
  return {
    labels,
    async score(item, response, context, protocols) {
      if (response.text === null) return protocols.flatMap((protocol) => unanswered(item, response, protocol))
      const soft = await scoreSoft(
        context,
        response.text,
        item.constraints.map(({ id, text, needsPrompt, tags }) => ({
          id,
          text,
          needsPrompt,
          type: String(tags.category),
        })),
      )
      const judgements = await judge(
        { template, item, text: response.text, sample: response.sample, soft },
        context,
        protocols,
      )
      return protocols.flatMap((protocol) => toVerdicts(item, response, protocol, soft, judgements.get(protocol)!))
    },
  }
}

interface Question {
  readonly template: UpstreamTemplate
  readonly item: Item<CfbenchData>
  readonly text: string
  readonly sample: number
  readonly soft: SoftScores
}

interface ProtocolJudgement extends Judgement {
  readonly scorer: string
}

/**
 * Both protocols read the same replies: `official` decides how often the judge is asked, `fixed` takes the first reply
 * that it can read. A response that looks like a part of the prompt is asked about once more for `fixed`, in a fence.
 */
async function judge(
  { template, item, text, sample, soft }: Question,
  context: ScoringContext,
  protocols: readonly Protocol[],
): Promise<Map<Protocol, ProtocolJudgement>> {
  const criteria = soft.forJudge.map((id) => item.data.criteria[Number(id)]!.text)
  if (criteria.length === 0) return new Map(protocols.map((protocol) => [protocol, nothingToJudge]))
  const ask = <Parsed>(response: string, parse: (reply: string) => Parsed | null): Promise<JudgeAnswer<Parsed>> =>
    askJudge(context, {
      role: 'judge',
      purpose: 'judge',
      request: () => judgeRequest(template, item, response, criteria, sample),
      parse,
      maxAttempts: officialRounds,
      // parity: a round whose call raised is one of the ten, and the next one asks again.
      onFailure: 'next-round',
    })
  const judgements = new Map<Protocol, ProtocolJudgement>()
  let shared: JudgeAnswer<unknown> | null = null
  if (protocols.includes('official')) {
    const answer = await ask(text, (reply) => strictScores(reply, criteria))
    judgements.set('official', { ...officialJudgement(answer), scorer: answer.scorer })
    shared = answer
  }
  if (protocols.includes('fixed')) {
    const isFenced = needsFence(template, text)
    const answer =
      shared !== null && !isFenced
        ? shared
        : await ask(isFenced ? fencedResponse(text) : text, (reply) => positionalScores(reply, criteria))
    judgements.set('fixed', { ...positionalJudgement(answer, criteria), scorer: answer.scorer })
  }
  for (const { aborts } of judgements.values()) {
    if (!aborts) continue
    context.warn(
      `Item ${item.id}: a judge reply on which upstream's evaluation ends with ${aborts}; counted as unparsed`,
    )
  }
  return judgements
}

const nothingToJudge: ProtocolJudgement = {
  parsing: '1',
  round: null,
  tokens: [],
  values: [],
  status: 'ok',
  calls: [],
  scorer: 'judge',
}

function toVerdicts(
  item: Item<CfbenchData>,
  { sample }: ModelResponse,
  protocol: Protocol,
  soft: SoftScores,
  judgement: ProtocolJudgement,
): Verdict[] {
  const { parsing, round, tokens, values, status, reason, aborts, calls, scorer } = judgement
  const shared = { parsing, round, ...(parsing === '0' ? { kept: tokens } : {}), ...(aborts ? { aborts } : {}) }
  return item.constraints.map(({ id: constraint }) => {
    const head = { item: item.id, sample, constraint, protocol }
    const byModel = soft.verdicts.get(constraint)
    if (byModel) return { ...head, ...byModel, detail: { ...byModel.detail, ...shared } }
    const position = soft.forJudge.indexOf(constraint)
    const p = soft.probabilities.get(constraint)
    const detail = { ...shared, ...(p === undefined ? {} : { p }) }
    if (!values) return { ...head, scorer, value: null, status, ...(reason ? { reason } : {}), calls, detail }
    const found = `the judge wrote ${tokens[position]}`
    return {
      ...head,
      scorer,
      value: values[position]!,
      status: 'ok',
      expected: 'verdict 1',
      found,
      calls,
      detail: { ...detail, token: tokens[position] },
    }
  })
}

function unanswered(item: Item<CfbenchData>, { sample, status }: ModelResponse, protocol: Protocol): Verdict[] {
  return item.constraints.map(({ id }) => ({
    item: item.id,
    sample,
    constraint: id,
    scorer: 'judge',
    protocol,
    value: null,
    status,
    reason: 'there is no answer to judge',
    detail: { parsing: '-1', round: null },
  }))
}
