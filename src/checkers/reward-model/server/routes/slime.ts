import * as z from 'zod'
import { parseBody } from '../parse-body.ts'
import { groundTruthOf } from '../read-label.ts'
import { withoutEnding } from '../special-tokens.ts'
import { allRewards } from '../whole-or-nothing.ts'
import type { Route } from './route.ts'

const bodySchema = z.object({ response: z.string(), label: z.unknown().optional() })

/**
 * `POST /slime/reward` for slime's `--rm-type remote_rm --rm-url` (`slime/rollout/rm_hub/__init__.py`): the whole reply is
 * the reward, so it is a bare number; with `?detail=1` an object, for `--reward-key reward`.
 */
export const slimeRoute: Route = {
  method: 'POST',
  path: '/slime/reward',
  async handle({ body, query }, { scorer, form }) {
    const { response, label } = parseBody(bodySchema, body)
    const item = { ...groundTruthOf(label, 'label'), response: withoutEnding(response) }
    const [only] = allRewards(await scorer.score([item], form))
    const { reward, fraction, passedGate, terms } = only!
    if (query.get('detail') !== '1') return { status: 200, body: reward }
    return { status: 200, body: { reward, fraction, passed_gate: passedGate, terms } }
  },
}
