import * as z from 'zod'
import type { RewardTerm } from '../../composite-reward.ts'
import { RequestRefused } from '../http-message.ts'
import type { ItemOutcome } from '../item-outcome.ts'
import { parseBody } from '../parse-body.ts'
import { readQuestion } from '../read-label.ts'
import { type RewardForm, rewardForms, thinkModes } from '../reward-form.ts'
import type { RewardItem } from '../reward-item.ts'
import type { Route } from './route.ts'

const bodySchema = z.object({
  items: z.array(z.unknown()),
  form: z.enum(['paper', 'code']).optional(),
  scale: z.number().positive().optional(),
  think: z.enum(thinkModes).optional(),
})
const headSchema = z.object({ id: z.union([z.string(), z.number()]).optional(), response: z.string() })

/**
 * `POST /v1/reward/batch`: this project's own route. Every item comes back with a reward or with an error of its own; the
 * status is 200 as long as the request itself can be read, and the header `x-reward-failures` counts what has no reward.
 */
export const batchRoute: Route = {
  method: 'POST',
  path: '/v1/reward/batch',
  async handle({ body }, { scorer, form: usual, maxItems }) {
    const { items, form: name, scale, think } = parseBody(bodySchema, body)
    if (items.length > maxItems) throw new RequestRefused(413, 'too-many-items', `Expected at most ${maxItems} items`)
    const base = name === undefined ? usual : rewardForms[name]
    const form: RewardForm = { ...base, scale: scale ?? base.scale, think: think ?? base.think }
    const read = items.map((item, index) => readItem(item, `items.${index}`))
    const good = read.flatMap((each) => ('item' in each ? [each.item] : []))
    const outcomes = (await scorer.score(good, form)).values()
    const replies = read.map((each) => ('item' in each ? toReply(each.id, outcomes.next().value!) : each.reply))
    const failures = replies.filter(({ reward }) => reward === null).length
    return {
      status: 200,
      body: { scorer: scorer.rewardModel.id, ...form, failures, items: replies },
      headers: { 'x-reward-failures': String(failures) },
    }
  },
}

type Id = string | number | undefined

interface ItemReply {
  readonly id?: string | number
  readonly reward: number | null
  readonly error?: { readonly code: string; readonly message: string; readonly retryable: boolean }
  readonly fraction?: number
  readonly passed_gate?: boolean
  readonly terms?: readonly RewardTerm[]
}

/** One item that cannot be read must not cost the others. */
function readItem(value: unknown, place: string): { id: Id; item: RewardItem } | { reply: ItemReply } {
  let id: Id
  try {
    const head = parseBody(headSchema, value, place)
    id = head.id
    return { id, item: { ...readQuestion(value, place), response: head.response } }
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error
    const failure = { code: error.code, message: error.message, isInfrastructure: false }
    return { reply: toReply(id, { kind: 'failure', failure }) }
  }
}

function toReply(id: Id, outcome: ItemOutcome): ItemReply {
  const head = id === undefined ? {} : { id }
  if (outcome.kind === 'failure') {
    const { code, message, isInfrastructure } = outcome.failure
    return { ...head, reward: null, error: { code, message, retryable: isInfrastructure } }
  }
  const { reward, fraction, passedGate, terms } = outcome
  return { ...head, reward, fraction, passed_gate: passedGate, terms }
}
