import { DataError } from '../../../core/errors.ts'
import { softInstructionIds } from '../composite-reward.ts'
import type { RewardForm } from './reward-form.ts'
import type { RewardItem } from './reward-item.ts'

type Constraint = RewardItem['constraints'][number]

/**
 * An item that the composite reward can be computed of. What it would silently turn into a 0, or into a score of no text
 * at all, is an error of the item: an answer that is missing, a soft constraint without a text.
 *
 * The published code compares only the first character of an answer that is no list, and always with the first
 * constraint; that is kept where lists are walked up to the shortest, and repaired elsewhere.
 * @throws DataError `unequal-lists`, `no-answer`, `no-text`
 */
export function scorableQuestion(item: RewardItem, { lists }: RewardForm): RewardItem {
  const isRepaired = lists === 'equal'
  const listed = isRepaired ? equalLists(item) : item
  const count = Math.min(listed.instructionIds.length, listed.kwargs.length, listed.constraints.length)
  const ids = listed.instructionIds.slice(0, count)
  const answerAt = ids.findIndex((id) => id === 'light' || id === 'light_choice')
  const asked = answerAt === -1 || isRepaired ? ids : ids.slice(0, answerAt)
  if (answerAt !== -1) {
    const id = ids[answerAt]!
    const answer = answerOf(id, listed.constraints[isRepaired ? answerAt : 0]!, isRepaired)
    // The answer alone is the reward, whatever else is asked.
    if (isRepaired) return { ...listed, instructionIds: [id], kwargs: [null], constraints: [answer] }
  }
  asked.forEach((id, index) => {
    if (softInstructionIds.has(id)) checkText(listed.constraints[index]!, index, isRepaired)
  })
  return listed
}

function answerOf(id: string, given: Constraint, isRepaired: boolean): Constraint {
  const first = typeof given === 'string' ? given : given[0]
  const isUsable = first !== undefined && first.trim() !== '' && (id === 'light' || typeof given === 'string')
  if (isUsable && !isRepaired) return given
  if (first === undefined || first.trim() === '') {
    throw new DataError('no-answer', `Expected the answer of ${id} as its constraint, got ${JSON.stringify(given)}`)
  }
  if (isRepaired) return id === 'light' ? [first] : first
  throw new DataError('no-answer', `Expected one text as the answer of ${id}, got ${JSON.stringify(given)}`)
}

function checkText(constraint: Constraint, index: number, isRepaired: boolean): void {
  const isText = typeof constraint === 'string' && (constraint.trim() !== '' || !isRepaired)
  if (isText) return
  throw new DataError(
    'no-text',
    `Expected a text for the reward model as constraint ${index}, got ${JSON.stringify(constraint)}`,
  )
}

function equalLists(item: RewardItem): RewardItem {
  const { instructionIds: ids, kwargs } = item
  // Texts are left out where all constraints are rules, as the validation data of verl-if do.
  const constraints = item.constraints.length === 0 ? ids.map(() => '') : item.constraints
  if (ids.length === kwargs.length && ids.length === constraints.length) return { ...item, constraints }
  throw new DataError(
    'unequal-lists',
    `Expected as many parameters and texts as ids, got ${ids.length} ids, ${kwargs.length} kwargs, ${constraints.length} constraints`,
  )
}
