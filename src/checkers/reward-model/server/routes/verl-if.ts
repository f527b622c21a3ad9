import { roundHalfEven } from '../../../../text/exact-decimal.ts'
import { RequestRefused } from '../http-message.ts'
import { pairRefusal } from '../whole-or-nothing.ts'
import type { Route } from './route.ts'

/**
 * `POST /predict` as the Flask server of verl-if answers it (`bia_use.py` of Rainier-rq/verl-if at dadf40a1): the
 * constraint is called `question`. Its errors keep their wording; malformed JSON is a 400 here, not a 500.
 */
export const verlIfRoute: Route = {
  method: 'POST',
  path: '/predict',
  async handle({ body }, { scorer }) {
    const { question, answer } = (body ?? {}) as { question?: unknown; answer?: unknown }
    if (question === undefined || answer === undefined) {
      throw new RequestRefused(400, 'bad-request', 'Missing question or answer in request')
    }
    if (typeof question !== 'string' || typeof answer !== 'string') {
      throw new RequestRefused(422, 'bad-request', 'Expected question and answer to be strings')
    }
    try {
      const { p, pred } = await scorer.probability(answer, question)
      const reply = { answer, pred: pred ?? Number(p > 0.5), question, value: roundHalfEven(p, 3) }
      return { status: 200, body: reply }
    } catch (error) {
      throw pairRefusal(error)
    }
  },
}
