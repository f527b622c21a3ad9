import type { RewardProtocol } from '../protocol.ts'
import { isRecord, unexpectedReply } from '../read-reply.ts'
import { describe, type ItemScore, isFiniteNumber } from '../two-class.ts'

/**
 * The Flask server of verl-if (`bia_use.py` of Rainier-rq/verl-if at dadf40a1): one pair per request, the constraint is
 * called `question`, the response `answer`, and the server builds the text.
 */
export const verlIf: RewardProtocol = {
  name: 'verl-if',
  buildsText: true,
  batchSize: 1,
  // One model behind a threaded development server without a queue.
  concurrency: 4,
  maxBatchBytes: Number.POSITIVE_INFINITY,
  request: ([item]) => ({ path: '/predict', body: { question: item!.constraint, answer: item!.response } }),
  read: (reply, [item]) => {
    if (!isRecord(reply) || !('value' in reply)) throw unexpectedReply('an object with `value`', reply)
    const { value, pred, question, answer } = reply
    if (
      (question !== undefined && question !== item!.constraint) ||
      (answer !== undefined && answer !== item!.response)
    ) {
      return [{ error: 'the server answered another pair than the one it was asked' }]
    }
    return [score(value, pred)]
  },
  /** parity: Flask's own 400 and 415 come out of a catch-all as status 500. */
  isFinal: ({ status, text }) => status === 500 && /^\s*\{\s*"error"\s*:\s*"4(?:00|15) /.test(text.slice(0, 60)),
}

function score(value: unknown, pred: unknown): ItemScore {
  if (!isFiniteNumber(value) || value < 0 || value > 1) {
    return { error: `expected a probability as \`value\`, got ${describe(value)} (NaN becomes null)` }
  }
  // The value is rounded to three decimals, `pred` comes from the unrounded logits.
  return { p: value, ...(pred === 0 || pred === 1 ? { pred } : {}) }
}
