import { sigmoid } from '../../../stats/logistic.ts'
import type { RewardModelPair, RewardModelScore, RewardModelScorer } from '../../scoring-context.ts'
import { treeScore } from './boosted-trees.ts'
import { type ConstraintReading, readConstraint } from './constraint-reading.ts'
import { inputNames, relevanceColumn, writeInputs } from './inputs.ts'
import { type LoadedModel, loadModel } from './model-file.ts'
import { RecentMap } from './recent-map.ts'
import { ResponseReading } from './response-reading.ts'
import { applySoft } from './soft-scaling.ts'

/** Readings that are kept: constraints recur over a run, responses only over the constraints of one item. */
const keptConstraints = 4096
const keptResponses = 64

/**
 * The reward model that ships with the package: reads both texts into features and asks boosted trees. Deterministic,
 * in process, never fails on any text.
 */
export class EmbeddedRewardModel implements RewardModelScorer {
  readonly id: string
  readonly threshold: number
  readonly isReproducible = true
  readonly curve: LoadedModel['curve']
  readonly #model: LoadedModel
  readonly #constraints = new RecentMap<ConstraintReading>(keptConstraints)
  readonly #responses = new RecentMap<ResponseReading>(keptResponses)
  readonly #row = new Float32Array(inputNames.length)

  constructor(model: LoadedModel) {
    const { version, threshold, curve } = model
    this.id = `embedded@${version}`
    this.threshold = threshold
    this.curve = curve
    this.#model = model
  }

  /** P(satisfied) of one pair. */
  probability(response: string, constraint: string): number {
    const reading = this.#constraints.get(constraint, readConstraint)
    writeInputs(
      this.#model,
      reading,
      this.#responses.get(response, (text) => new ResponseReading(text)),
      this.#row,
    )
    const score = treeScore(this.#model.trees, this.#row)
    return reading.isCheckable ? sigmoid(score) : applySoft(this.#model.soft, score, this.#row[relevanceColumn]!)
  }

  async score(pairs: readonly RewardModelPair[]): Promise<readonly RewardModelScore[]> {
    return pairs.map(({ id, response, constraint }) => ({
      id,
      p: this.probability(response, constraint),
      truncated: false,
    }))
  }

  /** Nothing is held open. */
  async close(): Promise<void> {}
}

/**
 * Opens the shipped model, or one that `bench rm train` wrote.
 * @throws DataError `bad-model`
 */
export function openEmbeddedModel(folder?: string): EmbeddedRewardModel {
  return new EmbeddedRewardModel(loadModel(folder))
}
