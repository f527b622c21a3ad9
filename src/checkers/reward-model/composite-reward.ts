import { DataError } from '../../core/errors.ts'
import { strip } from '../../text/strip.ts'
import { boxedChoice, lastBoxedGroup } from './boxed-answer.ts'

/** A rollout with what it was asked, as the training data of verl-if keep it. */
export interface RewardInput {
  readonly response: string
  readonly instructionIds: readonly string[]
  readonly kwargs: readonly (Readonly<Record<string, unknown>> | null)[]
  /** Constraint texts, parallel to the ids; for maths a list of answers, for choices the letter. */
  readonly constraints: readonly (string | readonly string[])[]
}

/** What decides the single constraints. */
export interface RewardChecks {
  /** Strict rule check; null for an id that no rule has. Keys the rule does not know are for it to ignore. */
  readonly hard: (id: string, text: string, kwargs: Readonly<Record<string, unknown>>) => boolean | null
  /** P(satisfied) of the classifier. */
  readonly soft: (text: string, constraint: string) => Promise<number>
}

/** One constraint's part of the reward. */
export interface RewardTerm {
  readonly id: string
  readonly kind: 'hard' | 'soft' | 'maths' | 'choice'
  /** 0 to 1. */
  readonly value: number
}

/** The training reward of one rollout. */
export interface CompositeReward {
  /** 0 to 5. */
  readonly reward: number
  /** False when the think block does not end as the gate asks: then nothing is scored. */
  readonly passedGate: boolean
  readonly terms: readonly RewardTerm[]
}

/** Ids that the classifier scores; every other one but `light` and `light_choice` must be a rule. */
export const softInstructionIds: ReadonlySet<string> = new Set([
  'soft',
  'soft_content:language',
  'soft_content:open_ended',
  'situation:suggestion',
  'situation:role_play',
  'situation:story_generation',
  'style:open_ended',
])

const scale = 5

/**
 * The composite reward that verl-if trains with: `instruction_compute_score` of Rainier-rq/verl-if at dadf40a,
 * `verl/utils/reward_score/instruction_reward.py`. The classifier is asked one constraint after the other.
 * @throws DataError `unknown-instruction` for an id that no rule has, `no-constraints` for an empty list (upstream: KeyError
 * and ZeroDivisionError)
 */
export async function compositeReward(input: RewardInput, checks: RewardChecks): Promise<CompositeReward> {
  const text = afterThinking(input.response)
  if (text === null) return { reward: 0, passedGate: false, terms: [] }
  const { instructionIds, kwargs, constraints } = input
  const terms: RewardTerm[] = []
  // parity: the three lists are walked together up to the shortest.
  const count = Math.min(instructionIds.length, kwargs.length, constraints.length)
  for (let index = 0; index < count; index += 1) {
    const id = instructionIds[index]!
    if (id === 'light' || id === 'light_choice') {
      // parity: the answer alone is the reward, whatever else was asked.
      const kind = id === 'light' ? 'maths' : 'choice'
      const value = Number(kind === 'maths' ? solvesMaths(text, constraints[0]!) : boxedChoice(text) === constraints[0])
      return { reward: scale * value, passedGate: true, terms: [{ id, kind, value }] }
    }
    if (softInstructionIds.has(id)) {
      // parity: an empty answer goes to the classifier too.
      terms.push({ id, kind: 'soft', value: await checks.soft(text, String(constraints[index])) })
    } else {
      terms.push({ id, kind: 'hard', value: Number(followsRule(checks, id, text, kwargs[index] ?? {})) })
    }
  }
  if (constraints.length === 0) throw new DataError('no-constraints', 'Expected at least one constraint, got none')
  const sum = terms.reduce((total, { value }) => total + value, 0)
  // parity: divided by the number of constraints, also where there are fewer ids.
  return { reward: (sum * scale) / constraints.length, passedGate: true, terms }
}

/** Validation counts of one rollout. */
export interface ValidationScore {
  readonly allFollowed: boolean
  readonly followed: number
  readonly total: number
  readonly fraction: number
}

/**
 * Strict counts of one rollout whose constraints are all rules: `instruction_val_compute_score` of the same file.
 * @param recordKeys number of keys of the ground-truth record, which is what upstream counts for a rollout that fails the
 * gate
 * @throws DataError `unknown-instruction`, `no-constraints` as {@link compositeReward}
 */
export function validationScore(
  { response, instructionIds, kwargs }: RewardInput,
  checks: Pick<RewardChecks, 'hard'>,
  recordKeys = 4,
): ValidationScore {
  const text = afterThinking(response)
  // parity: a failed gate counts the keys of the record instead of the instructions.
  if (text === null) return { allFollowed: false, followed: 0, total: recordKeys, fraction: 0 }
  const total = instructionIds.length
  if (total === 0) throw new DataError('no-constraints', 'Expected at least one instruction id, got none')
  const followed = instructionIds.filter((id, index) => followsRule(checks, id, text, kwargs[index] ?? {})).length
  return { allFollowed: followed === total, followed, total, fraction: followed / total }
}

/** parity: the think block must be followed by two line feeds exactly there; CRLF or one line feed fail. */
function afterThinking(response: string): string | null {
  const gate = '</think>\n\n'
  const at = response.indexOf(gate)
  return at === -1 ? null : response.slice(at + gate.length)
}

function followsRule(
  { hard }: Pick<RewardChecks, 'hard'>,
  id: string,
  text: string,
  kwargs: Readonly<Record<string, unknown>>,
): boolean {
  const follows = hard(id, text, kwargs)
  if (follows === null) throw new DataError('unknown-instruction', `Expected the id of a rule or a soft id, got ${id}`)
  return follows && strip(text) !== ''
}

/** parity: backslashes do not count, spaces do; of a plain string only the first character is compared. */
function solvesMaths(text: string, answers: string | readonly string[]): boolean {
  const content = lastBoxedGroup(text)
  const answer = typeof answers === 'string' ? [...answers.slice(0, 2)][0] : answers[0]
  if (content === null || answer === undefined) return false
  return (
    withoutBackslashes(content).replaceAll('self-contradiction', 'self_contradiction') === withoutBackslashes(answer)
  )
}

function withoutBackslashes(text: string): string {
  return text.replaceAll('\\', '')
}
