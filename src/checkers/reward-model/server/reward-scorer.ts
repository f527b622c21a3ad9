import { setImmediate as turn } from 'node:timers/promises'
import { DataError } from '../../../core/errors.ts'
import { PatternError } from '../../../text/pattern-error.ts'
import type { LanguageTools } from '../../instructions/text-view.ts'
import type { RewardModelPair, RewardModelScore, RewardModelScorer } from '../../scoring-context.ts'
import { compositeReward, type RewardInput, softInstructionIds } from '../composite-reward.ts'
import { MicroBatcher } from '../endpoints/micro-batcher.ts'
import { ruleChecks } from '../rule-checks.ts'
import { type ItemOutcome, type RewardFailure, RewardModelFailure } from './item-outcome.ts'
import { type RewardForm, scoredText } from './reward-form.ts'
import type { RewardItem } from './reward-item.ts'
import { scorableQuestion } from './scorable-question.ts'

/** Rules and reward model behind one door. */
export interface RewardScorer {
  readonly rewardModel: RewardModelScorer
  /** Scores items side by side; one outcome per item, in order. Never throws for an item. */
  score(items: readonly RewardItem[], form: RewardForm): Promise<readonly ItemOutcome[]>
  /** P(satisfied) of one pair. @throws RewardModelFailure */
  probability(response: string, constraint: string): Promise<RewardModelScore & { readonly p: number }>
}

/** Pairs that the reward model is given at once; in process this is also how long others wait. */
const pairsPerBatch = 256
/** Items between two turns of the event loop. */
const itemsPerTurn = 16

/** Makes the scorer of a reward server. Soft constraints of all requests under way share the model's batches. */
export function createRewardScorer(rewardModel: RewardModelScorer, tools: LanguageTools): RewardScorer {
  const batcher = new MicroBatcher<RewardModelPair, RewardModelScore>(
    { size: pairsPerBatch, bytes: 32_000_000, ageMs: 1, concurrency: 64 },
    ({ response, constraint }) => response.length + constraint.length,
    (pairs) => scoreAll(rewardModel, pairs),
  )
  const probability: RewardScorer['probability'] = async (response, constraint) => {
    const score = await batcher.add({ id: '', response, constraint })
    if (score.p === null) throw new RewardModelFailure(score.error ?? 'the reward model gave no score')
    return { ...score, p: score.p }
  }
  const soft = async (text: string, constraint: string) => (await probability(text, constraint)).p
  return {
    rewardModel,
    probability,
    async score(items, form) {
      const outcomes: Promise<ItemOutcome>[] = []
      for (const [index, item] of items.entries()) {
        // A burst of rule checks must not keep other requests, or a health check, waiting.
        if (index % itemsPerTurn === itemsPerTurn - 1) await turn()
        outcomes.push(scoreItem(item, form, tools, soft))
      }
      return Promise.all(outcomes)
    },
  }
}

/** Never throws, and answers every pair. */
async function scoreAll(
  rewardModel: RewardModelScorer,
  pairs: readonly RewardModelPair[],
): Promise<readonly RewardModelScore[]> {
  const missing = (error: string) => pairs.map(({ id }): RewardModelScore => ({ id, p: null, truncated: false, error }))
  try {
    const numbered = pairs.map((pair, index) => ({ ...pair, id: String(index) }))
    const scores = await rewardModel.score(numbered)
    await turn()
    const byId = new Map(scores.map((score) => [score.id, score]))
    return numbered.map(({ id }) => checked(byId.get(id) ?? { id, p: null, truncated: false }))
  } catch (error) {
    return missing(`the reward model failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function checked(score: RewardModelScore): RewardModelScore {
  if (score.p === null || (score.p >= 0 && score.p <= 1)) return score
  return { id: score.id, p: null, truncated: false, error: `expected a probability, got ${score.p}` }
}

const gate = '</think>\n\n'

async function scoreItem(
  item: RewardItem,
  form: RewardForm,
  tools: LanguageTools,
  soft: (text: string, constraint: string) => Promise<number>,
): Promise<ItemOutcome> {
  const text = scoredText(item.response, form.think)
  if (text === null) return { kind: 'reward', reward: 0, fraction: 0, passedGate: false, terms: [] }
  try {
    // The gate is decided above, in three ways; the published one opens for this text, and none that it holds counts.
    const input = { ...scorableQuestion(item, form), response: gate + text }
    const asked = softConstraints(input).map((constraint) => soft(text, constraint))
    // One that fails is told by the first that is waited for.
    for (const each of asked) each.catch(() => undefined)
    const next = asked.values()
    const checks = { hard: ruleChecks(tools), soft: () => next.next().value! }
    const { terms } = await compositeReward(input, checks)
    const answer = terms.find(({ kind }) => kind === 'maths' || kind === 'choice')
    const sum = terms.reduce((total, { value }) => total + value, 0)
    const reward = answer ? answer.value * form.scale : (sum * form.scale) / input.constraints.length
    return { kind: 'reward', reward, fraction: reward / form.scale, passedGate: true, terms }
  } catch (error) {
    return { kind: 'failure', failure: toFailure(error) }
  }
}

/**
 * Texts that the composite reward will ask the model about, in its order. They are asked together: one after the other
 * each would wait for a batch of its own, and a model would read the same response again and again.
 */
function softConstraints({ instructionIds, kwargs, constraints }: RewardInput): string[] {
  const count = Math.min(instructionIds.length, kwargs.length, constraints.length)
  const ids = instructionIds.slice(0, count)
  const answerAt = ids.findIndex((id) => id === 'light' || id === 'light_choice')
  return ids
    .slice(0, answerAt === -1 ? count : answerAt)
    .flatMap((id, index) => (softInstructionIds.has(id) ? [String(constraints[index])] : []))
}

function toFailure(error: unknown): RewardFailure {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof RewardModelFailure) {
    return error.isOverlong
      ? { code: 'rm-overlong', message, isInfrastructure: false }
      : { code: 'rm-error', message, isInfrastructure: true }
  }
  if (error instanceof DataError) return { code: error.code, message, isInfrastructure: false }
  if (error instanceof PatternError) return { code: 'check-error', message, isInfrastructure: false }
  return { code: 'check-error', message: `a check failed: ${message}`, isInfrastructure: true }
}
