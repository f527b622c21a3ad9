import { type SoftScores, type SoftVerdict, scoreSoft } from '../../checkers/reward-model/score-soft.ts'
import type { Constraint, Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import type { Scorer } from '../benchmark.ts'
import { answerText } from './answer-text.ts'
import { JudgeDesk } from './judge-desk.ts'
import { nullReasons, type Outcome } from './outcome.ts'
import type { ChainMode } from './run-chain.ts'
import type { AgentIfData } from './schema.ts'
import { scoreAnswer } from './score-answer.ts'

const modes: Readonly<Record<Protocol, ChainMode>> = { official: 'strict', fixed: 'repaired' }

/** Scores every constraint by its own chain: strict under `official`, repaired under `fixed`. */
export function createScorer(): Scorer<AgentIfData> {
  return {
    labels: [],
    async score(item, response, context, protocols) {
      const answer = answerText(response)
      if (answer === null) return protocols.flatMap((protocol) => unanswered(item, response, protocol))
      const soft = await scoreSoft(context, answer, softConstraints(item))
      const open = item.data.constraints.filter(({ id }) => !soft.verdicts.has(id))
      const desk = new JudgeDesk(context, item.id)
      const verdicts: Verdict[] = []
      for (const protocol of protocols) {
        const outcomes = await scoreAnswer(open, answer, { desk, python: context.python, mode: modes[protocol] })
        const byId = new Map(open.map(({ id }, position) => [id, outcomes[position]!]))
        verdicts.push(
          ...item.constraints.map(({ id }) =>
            toVerdict({ item: item.id, sample: response.sample, constraint: id, protocol }, byId.get(id), soft),
          ),
        )
      }
      return verdicts
    },
  }
}

/** Constraints that a reward model may decide: judged in the end, without condition, from the answer alone. */
function softConstraints({ constraints, data }: Item<AgentIfData>): (Constraint & { type: string })[] {
  return constraints.flatMap((constraint, position) => {
    const steps = data.constraints[position]?.steps ?? []
    const isSoft = steps.at(-1)?.type === 'llm' && steps.every(({ type }) => type !== 'llm_conditional_check')
    return isSoft ? [{ ...constraint, type: [constraint.tags.type ?? ''].flat()[0] ?? '' }] : []
  })
}

type Head = Pick<Verdict, 'item' | 'sample' | 'constraint' | 'protocol'>

function toVerdict(head: Head, outcome: Outcome | undefined, soft: SoftScores): Verdict {
  if (!outcome) return { ...head, mode: modes[head.protocol], ...(soft.verdicts.get(head.constraint) as SoftVerdict) }
  const { score, truthy, why, reason, expected, found, calls, scorer, llmOutput } = outcome
  const p = soft.probabilities.get(head.constraint)
  return {
    ...head,
    mode: modes[head.protocol],
    scorer,
    // parity: a score counts as met only when it is exactly true; other values are kept in `detail`.
    value: score === null ? null : score === true ? 1 : 0,
    status: why ? nullReasons[why] : 'ok',
    expected,
    ...(found === undefined ? {} : { found }),
    ...(reason === undefined ? {} : { reason }),
    calls,
    detail: {
      ...(why ? { why } : {}),
      ...(typeof score === 'boolean' || score === null ? {} : { score, truthy }),
      ...(llmOutput === undefined ? {} : { judged: 'text' }),
      ...(p === undefined ? {} : { p }),
    },
  }
}

function unanswered(item: Item<AgentIfData>, { sample, status }: ModelResponse, protocol: Protocol): Verdict[] {
  const effect = protocol === 'official' ? 'it is dropped from every denominator' : 'every constraint counts as failed'
  return item.constraints.map(({ id }) => ({
    item: item.id,
    sample,
    constraint: id,
    scorer: 'judge',
    protocol,
    mode: modes[protocol],
    value: null,
    status: status === 'ok' || status === 'truncated' ? 'empty' : status,
    reason: `there is no answer: ${effect}`,
    detail: { why: 'no_answer' },
  }))
}
