import { deriveSeed, mulberry32 } from '../../../core/random.ts'
import { sigmoid } from '../../../stats/logistic.ts'
import { applyPlatt, fitPlatt, type PlattScaling } from '../../../stats/platt-scaling.ts'
import { type BoostedTrees, treeProbability, treeScore } from '../embedded/boosted-trees.ts'
import { readConstraint } from '../embedded/constraint-reading.ts'
import { featureNames } from '../embedded/features.ts'
import { type BoostingOptions, boost, defaultBoosting } from './boosting.ts'
import { featureMatrix, takeRows } from './feature-matrix.ts'
import type { LabelledPair } from './labelled-pair.ts'
import { type CrossFit, type QualityReport, reportQuality } from './quality-report.ts'
import { foldOf, folds, rowsWhere, testFold, trainingRows } from './split.ts'

/** How a model is trained. */
export interface TrainingOptions {
  readonly seed: number
  readonly boosting?: Partial<BoostingOptions>
  /** Measure held-out types and cross-fit the judged pairs, too: ten trainings instead of one. */
  readonly isThorough: boolean
  /** Told what is being done. */
  readonly say?: (message: string) => void
}

/** A trained model with what is known of it. */
export interface TrainedModel {
  readonly trees: BoostedTrees
  /** How log-odds are read where a constraint has nothing checkable. */
  readonly soft: PlattScaling
  readonly quality: QualityReport
  /** Judged pairs scored by models that saw nothing of their cluster: what a cascade is calibrated on. */
  readonly curve: readonly CrossFit[]
}

/**
 * How much one pair of a source counts. Crafted texts are many and odd; judged ones are few and what the model is for.
 */
const sourceWeights: ReadonlyMap<string, number> = new Map([
  ['collie-crafted', 0.4],
  ['collie-models', 0.7],
  ['ifeval-models', 2],
  ['followbench-judged', 8],
  ['cfbench-judged', 8],
  ['pairs-judged', 8],
])
/** Parts that rule types are spread over when whole types are held out. */
const typeParts = 5

/** Trains on four fifths of the clusters and measures on the fifth. The same pairs and seed give the same model. */
export function trainModel(pairs: readonly LabelledPair[], options: TrainingOptions): TrainedModel {
  const { seed, isThorough, say = () => {} } = options
  const boosting = { ...defaultBoosting, ...options.boosting }
  const width = featureNames.length
  say(`reading ${pairs.length} pairs into ${width} features`)
  const matrix = featureMatrix(pairs)
  const fit = (rows: readonly number[], name: string, columns: Float32Array = matrix, how = boosting) =>
    boost(
      {
        features: takeRows(columns, width, rows),
        width,
        labels: Uint8Array.from(rows, (row) => pairs[row]!.label),
        weights: Float32Array.from(rows, (row) => sourceWeights.get(pairs[row]!.source) ?? 1),
      },
      how,
      mulberry32(deriveSeed('boosting', name, seed)),
    )
  const predict = (trees: BoostedTrees, rows: readonly number[], columns: Float32Array = matrix) =>
    rows.map((row) => treeProbability(trees, columns.subarray(row * width, (row + 1) * width)))
  const learnt = trainingRows(pairs, testFold)
  say(`training on ${learnt.length} pairs`)
  const trees = fit(learnt, 'main')
  const tested = rowsWhere(pairs, (pair) => foldOf(pair) === testFold)
  const probabilities = predict(trees, tested)

  const lengths = onlyLengths(matrix, width)
  const lengthTrees = fit(learnt, 'length', lengths, { ...boosting, trees: 60, depth: 3, featureShare: 1 })
  const scores: SoftScore[] = []
  const heldOutTypes: { row: number; p: number }[] = []
  if (isThorough) {
    const judged = rowsWhere(pairs, ({ isRule, source }) => !isRule && !source.endsWith('-pseudo'))
    for (let fold = 0; fold < folds; fold += 1) {
      say(`cross-fitting part ${fold + 1} of ${folds}`)
      const model = fold === testFold ? trees : fit(trainingRows(pairs, fold), `fold-${fold}`)
      for (const row of judged.filter((index) => foldOf(pairs[index]!) === fold)) {
        const score = treeScore(model, matrix.subarray(row * width, (row + 1) * width))
        scores.push({ pair: pairs[row]!, fold, score, isCheckable: readConstraint(pairs[row]!.constraint).isCheckable })
      }
    }
    for (let part = 0; part < typeParts; part += 1) {
      say(`holding out types, part ${part + 1} of ${typeParts}`)
      const isHeldOut = ({ isRule, type }: LabelledPair) =>
        isRule && deriveSeed('type', family(type)) % typeParts === part
      const model = fit(
        learnt.filter((row) => !isHeldOut(pairs[row]!)),
        `type-${part}`,
      )
      const rows = tested.filter((row) => isHeldOut(pairs[row]!))
      predict(model, rows).forEach((p, index) => {
        heldOutTypes.push({ row: rows[index]!, p })
      })
    }
  }
  const crossFit = scores.map(({ pair, fold, score, isCheckable }): CrossFit => {
    const p = isCheckable ? sigmoid(score) : applyPlatt(fitSoft(scores, fold), score)
    const { label, cluster, source, type } = pair
    return { p: round(p), label, cluster, source, type }
  })
  say('measuring')
  const quality = reportQuality({
    pairs,
    learnt,
    tested,
    probabilities,
    lengthOnly: predict(lengthTrees, tested, lengths),
    crossFit,
    heldOutTypes,
    seed,
  })
  return { trees, soft: fitSoft(scores, null), quality, curve: crossFit }
}

interface SoftScore {
  readonly pair: LabelledPair
  readonly fold: number
  /** Log-odds by a model that saw nothing of the pair's cluster. */
  readonly score: number
  readonly isCheckable: boolean
}

/** Fitted on judged pairs with nothing checkable, but for those of one part; as they are where there are too few. */
function fitSoft(scores: readonly SoftScore[], without: number | null): PlattScaling {
  const used = scores.filter(({ isCheckable, fold }) => !isCheckable && fold !== without)
  const asTheyAre = { slope: 1, offset: 0 }
  if (used.length < fewestSoft) return asTheyAre
  return (
    fitPlatt(
      used.map(({ pair }) => pair.label),
      used.map(({ score }) => score),
    ) ?? asTheyAre
  )
}
const fewestSoft = 50

/** Types of one family are held out together: those that ask for the same thing in other benchmarks' words. */
function family(type: string): string {
  const name = type.replace(/^(?:rule|collie|keywords|length_constraints|startend|detectable_\w+):/, '')
  if (/keyword|existence|forbidden|frequency|word ForEach/.test(name)) return 'keywords'
  if (/Count|number_words|number_sentences|^length/.test(name)) return 'amounts'
  if (/ends|starts|end_checker|quotation|Position/.test(name)) return 'places'
  return name
}

/** The matrix with everything but the length features blanked. */
function onlyLengths(matrix: Float32Array, width: number): Float32Array {
  const kept = new Set(
    ['shape:words', 'shape:sentences', 'shape:paragraphs', 'shape:lines'].map((name) => featureNames.indexOf(name)),
  )
  return matrix.map((value, index) => (kept.has(index % width) ? value : 0))
}

function round(p: number): number {
  return Math.round(p * 1e4) / 1e4
}
