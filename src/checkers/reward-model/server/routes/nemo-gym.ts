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

/** `POST /seed_session` of the same server: there is no state to make. */
export const nemoGymSeedRoute: Route = {
  method: 'POST',
  path: '/seed_session',
  handle: async () => ({ status: 200, body: {} }),
}

function lastMessage(output: readonly z.infer<typeof outputSchema>[]): string {
  const message = output.findLast(({ type }) => type === undefined || type === 'message')
  const { content } = message ?? {}
  if (typeof content === 'string') return content
  return (content ?? []).map(({ text }) => text ?? '').join('')
}
