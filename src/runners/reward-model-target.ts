import type { RewardModelScore, RewardModelScorer } from '../checkers/scoring-context.ts'
import type { CallFailure, CallRequest } from '../core/call.ts'
import { onAbort } from '../models/http/abort-fan-out.ts'
import type { CallTarget, TargetOutcome } from './call-target.ts'
import type { StopSwitch } from './stop.ts'

/**
 * A served reward model as an endpoint of the run: one call a pair, so that a score is on disk before anybody sees it,
 * a resumed run asks for nothing twice, and `--offline` finds every score in the log. The model gathers the pairs that
 * are under way into batches itself.
 */
export function rewardModelTarget(model: RewardModelScorer): CallTarget {
  return {
    id: model.id,
    name: model.id,
    dependsOnMeta: false,
    reserve: async () => 0,
    settle: () => undefined,
    pay: () => undefined,
    cost: () => 0,
    send: async (_benchmark, request, stop) => {
      const score = await unlessAborted(model.score([pairOf(request)]), stop)
      return score === null ? { kind: 'failure', tries: 1, failure: aborted } : toOutcome(score[0])
    },
  }
}

/** The request for the score of one pair: the constraint is the question, the response the answer. */
export function rewardModelRequest(
  response: string,
  constraint: string,
  place: { readonly item: string; readonly constraint: string },
): CallRequest {
  return {
    role: 'rm',
    purpose: 'score',
    messages: [
      { role: 'user', content: constraint },
      { role: 'assistant', content: response },
    ],
    sampling: {},
    // Equal responses have equal scores: the index of the response is no part of the question.
    sample: 0,
    ...place,
  }
}

function pairOf({ messages, constraint }: CallRequest) {
  return { id: constraint ?? '', constraint: messages[0]!.content, response: messages[1]!.content }
}

const aborted: CallFailure = { kind: 'aborted', message: 'the run was stopped' }

/** Null when the run is aborted first: the model may still be waiting for a server that hangs. */
function unlessAborted<Value>(work: Promise<Value>, { signal }: StopSwitch): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => resolve(null))
    work.then(resolve, reject).finally(release)
  })
}

function toOutcome(score: RewardModelScore | undefined): TargetOutcome {
  if (score?.p == null) {
    const message = score?.error ?? 'the reward model gave no score'
    return { kind: 'failure', tries: 1, failure: { kind: /^rm_overlong/.test(message) ? 'client' : 'server', message } }
  }
  const { p, pred, truncated } = score
  return {
    kind: 'reply',
    tries: 1,
    reply: {
      status: 'ok',
      text: JSON.stringify({ p, ...(pred === undefined ? {} : { pred }), truncated }),
      reasoning: null,
      finishReason: null,
      returnedModel: null,
      usage: null,
      raw: null,
    },
  }
}
