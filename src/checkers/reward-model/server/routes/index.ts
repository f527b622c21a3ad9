import { batchRoute } from './batch.ts'
import { nemoGymSessionRoutes, nemoGymVerifyRoute } from './nemo-gym.ts'
import { openRlhfRoute } from './openrlhf.ts'
import type { Route } from './route.ts'
import { slimeRoute } from './slime.ts'
import { verlIfRoute } from './verl-if.ts'

/** `GET /healthz`: says who scores. Open without a token, and knows nothing worth one. */
const healthRoute: Route = {
  method: 'GET',
  path: '/healthz',
  isPublic: true,
  handle: async (_request, { scorer, form }) => ({
    status: 200,
    body: { status: 'ok', scorer: scorer.rewardModel.id, ...form },
  }),
}

/** All routes but `/metrics`, which the server itself answers. */
export const rewardRoutes: readonly Route[] = [
  healthRoute,
  batchRoute,
  verlIfRoute,
  openRlhfRoute,
  slimeRoute,
  nemoGymVerifyRoute,
  ...nemoGymSessionRoutes,
]
