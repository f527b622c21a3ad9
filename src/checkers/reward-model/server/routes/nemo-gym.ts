import * as z from 'zod'
import { parseBody } from '../parse-body.ts'
import { readQuestion } from '../read-label.ts'
import { allRewards } from '../whole-or-nothing.ts'
import type { Route } from './route.ts'

const contentSchema = z.looseObject({ type: z.string(), text: z.string().optional() })
const outputSchema = z.looseObject({
  type: z.string().optional(),
  content: z.union([z.string(), z.array(contentSchema)]).nullish(),
})
const bodySchema = z.looseObject({
  response: z.looseObject({ output: z.array(outputSchema) }),
})

/**
 * `POST /verify` of a NeMo Gym resources server (`nemo_gym/base_resources_server.py`): the request comes back with the
 * reward added. A response whose reasoning came as an output item of its own has closed its think block.
 */
export const nemoGymVerifyRoute: Route = {
  method: 'POST',
  path: '/verify',
  async handle({ body }, { scorer, form }) {
    const record = parseBody(bodySchema, body)
    const { output } = record.response
    const hasReasoning = output.some(({ type }) => type === 'reasoning')
    const item = { ...readQuestion(record, ''), response: lastMessage(output) }
    const [only] = allRewards(await scorer.score([item], hasReasoning ? { ...form, think: 'none' } : form))
    const { reward, passedGate, terms } = only!
    const follows = terms.map(({ value }) => value >= scorer.rewardModel.threshold)
    return {
      status: 200,
      body: {
        ...record,
        reward,
        follow_all_instructions: passedGate && follows.every(Boolean),
        follow_instruction_list: passedGate ? follows : item.instructionIds.map(() => false),
      },
    }
  },
}

const sessionSchema = z.looseObject({ resources_session_id: z.string().optional() })

/** There is no state to make or to end: the session's own name comes back, where the caller has given it one. */
function sessionRoute(path: string): Route {
  return {
    method: 'POST',
    path,
    handle: async ({ body }) => {
      const { resources_session_id: session } = parseBody(sessionSchema, body)
      return { status: 200, body: session === undefined ? {} : { resources_session_id: session } }
    },
  }
}

/** `POST /seed_session` and `POST /close_session` of the same server. */
export const nemoGymSessionRoutes: readonly Route[] = ['/seed_session', '/close_session'].map(sessionRoute)

function lastMessage(output: readonly z.infer<typeof outputSchema>[]): string {
  const message = output.findLast(({ type }) => type === undefined || type === 'message')
  const { content } = message ?? {}
  if (typeof content === 'string') return content
  return (content ?? []).map(({ text }) => text ?? '').join('')
}
