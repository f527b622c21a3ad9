import * as z from 'zod'
import { RequestRefused } from '../http-message.ts'
import { parseBody } from '../parse-body.ts'
import { groundTruthOf } from '../read-label.ts'
import { afterPrompt, withoutEnding } from '../special-tokens.ts'
import { allRewards } from '../whole-or-nothing.ts'
import type { Route } from './route.ts'

const bodySchema = z.object({
  query: z.array(z.string()),
  prompts: z.array(z.string()).optional(),
  labels: z.array(z.unknown()).optional(),
})

/**
 * `POST /get_reward` for OpenRLHF's `--remote_rm_url` (`openrlhf/utils/remote_rm_utils.py`): `query` is prompt and response
 * in one text, decoded with its special tokens, `labels` hold what was asked. `scores` are from 0 to 1, as its dynamic filtering wants them.
 */
export const openRlhfRoute: Route = {
  method: 'POST',
  path: '/get_reward',
  async handle({ body }, { scorer, form, maxItems }) {
    const { query, prompts, labels } = parseBody(bodySchema, body)
    if (query.length > maxItems) throw new RequestRefused(413, 'too-many-items', `Expected at most ${maxItems} items`)
    if (labels?.length !== query.length || (prompts && prompts.length !== query.length)) {
      throw new RequestRefused(422, 'bad-request', `Expected ${query.length} labels and prompts, one per query`)
    }
    const items = query.map((text, index) => ({
      ...groundTruthOf(labels[index], `labels.${index}`),
      response: responseOf(text, prompts?.[index] ?? '', index),
    }))
    const rewards = allRewards(await scorer.score(items, form))
    return {
      status: 200,
      body: {
        rewards: rewards.map(({ reward }) => reward),
        scores: rewards.map(({ fraction }) => fraction),
        extra_logs: {
          passed_gate: rewards.map(({ passedGate }) => Number(passedGate)),
          all_satisfied: rewards.map(({ passedGate, terms }) =>
            Number(passedGate && terms.every(({ value }) => value >= scorer.rewardModel.threshold)),
          ),
        },
      },
    }
  },
}

function responseOf(query: string, prompt: string, index: number): string {
  const response = afterPrompt(query, prompt)
  if (response !== null) return withoutEnding(response)
  throw new RequestRefused(
    422,
    'bad-request',
    `query.${index}: expected the query to begin with its prompt, so that the response can be told from it`,
  )
}
