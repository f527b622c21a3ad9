import { EndpointError } from '../../../../core/errors.ts'
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
  // The tokenizer is asked to truncate: what is too long loses its end, without a word.
  refusesLength: false,
  batchSize: 1,
  // One model behind a threaded development server without a queue.
  concurrency: 4,
  maxBatchBytes: Number.POSITIVE_INFINITY,
  async prepare(ask, _facts, { positiveLabel }) {
    if (positiveLabel !== undefined) {
      throw new EndpointError(
        'rm-label',
        'Expected the class "satisfied" as an index, because the server tells no labels',
        {
          hint: 'positive=0 reads a model whose classes stand the other way round.',
        },
      )
    }
    // Nothing to learn, but a wrong address is told before a run, not by every pair of it.
    await ask('/')
    return { maxBatch: 1 }
  },
  request: ([item]) => ({ path: '/predict', body: { question: item!.constraint, answer: item!.response } }),
  read: (reply, [item], { positive }) => {
    if (!isRecord(reply) || !('value' in reply)) throw unexpectedReply('an object with `value`', reply)
    const { value, pred, question, answer } = reply
    if (
      (question !== undefined && question !== item!.constraint) ||
      (answer !== undefined && answer !== item!.response)
    ) {
      return [{ error: 'the server answered another pair than the one it was asked' }]
    }
    return [score(value, pred, positive)]
  },
  /** parity: Flask's own 400 and 415 come out of a catch-all as status 500. */
  isFinal: ({ status, text }) => status === 500 && /^\s*\{\s*"error"\s*:\s*"4(?:00|15) /.test(text.slice(0, 60)),
}

function score(value: unknown, pred: unknown, positive: number): ItemScore {
  if (!isFiniteNumber(value) || value < 0 || value > 1) {
    return { error: `expected a probability as \`value\`, got ${describe(value)} (NaN becomes null)` }
  }
  // The value is rounded to three decimals, `pred` comes from the unrounded logits.
  const hasVerdict = pred === 0 || pred === 1
  if (positive === 1) return { p: value, ...(hasVerdict ? { pred } : {}) }
  // `value` is always that of class 1, with three decimals.
  return { p: Math.round(1000 - 1000 * value) / 1000, ...(hasVerdict ? { pred: pred === 1 ? 0 : 1 } : {}) }
}
