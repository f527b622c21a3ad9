import { RequestRefused } from './http-message.ts'
import { parseBody } from './parse-body.ts'
import { constraintListSchema, type GroundTruth, groundTruthSchema } from './reward-item.ts'

/**
 * What was asked, from the label of a training sample: a record, or a record as JSON text, since most trainers carry
 * labels as strings.
 * @throws RequestRefused 422
 */
export function groundTruthOf(label: unknown, place: string): GroundTruth {
  return readQuestion(typeof label === 'string' ? parsed(label, place) : label, place)
}

/**
 * What was asked, as parallel lists (`instruction_id_list`, `kwargs`, `constraints`) or constraint by constraint
 * (`constraints: [{text} | {rule: {id, kwargs}}]`).
 * @throws RequestRefused 422
 */
export function readQuestion(value: unknown, place: string): GroundTruth {
  const hasLists = typeof value === 'object' && value !== null && 'instruction_id_list' in value
  return hasLists ? parseBody(groundTruthSchema, value, place) : parseBody(constraintListSchema, value, place)
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RequestRefused(
      422,
      'bad-label',
      `${place}: expected a record {instruction_id_list, kwargs, constraints} or one as JSON text`,
    )
  }
}
