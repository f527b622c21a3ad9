import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { rewardForms } from '../../../../src/checkers/reward-model/server/reward-form.ts'
import { createRewardScorer } from '../../../../src/checkers/reward-model/server/reward-scorer.ts'
import {
  createRewardServer,
  type RewardServerOptions,
} from '../../../../src/checkers/reward-model/server/reward-server.ts'
import type { RewardModelPair, RewardModelScorer } from '../../../../src/checkers/scoring-context.ts'
import { houseTools } from '../../instructions/_tools.ts'

/** A model that is sure where the response holds the last word of the constraint, and fails where it is told to. */
export function fakeModel(over: { fail?: (pair: RewardModelPair) => string | null; threshold?: number } = {}) {
  const batches: (readonly RewardModelPair[])[] = []
  const model: RewardModelScorer & { batches: typeof batches } = {
    id: 'fake',
    threshold: over.threshold ?? 0.5,
    batches,
    async score(pairs) {
      batches.push(pairs)
      return pairs.map((pair) => {
        const error = over.fail?.(pair) ?? null
        const p = pair.response.includes(pair.constraint.split(' ').at(-1)!.replace('.', '')) ? 0.875 : 0.25
        return error === null ? { id: pair.id, p, truncated: false } : { id: pair.id, p: null, truncated: false, error }
      })
    },
  }
  return model
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly json: unknown
  readonly text: string
}

/** A reward server on the loopback interface that is closed when the test ends. */
export async function startRewardServer(
  model: RewardModelScorer = fakeModel(),
  options: Partial<RewardServerOptions> = {},
) {
  const scorer = createRewardScorer(model, houseTools)
  const { server } = createRewardServer({ scorer, form: rewardForms.paper, token: null, ...options })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(origin + path, init)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null }
  }
  return {
    origin,
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}

/** Two rules and a soft constraint. */
export const record = {
  instruction_id_list: ['punctuation:no_comma', 'soft', 'detectable_format:json_format'],
  kwargs: [{}, null, {}],
  constraints: ['No commas.', 'Mention the lamp.', 'JSON.'],
}
