import { deriveSeed, mulberry32 } from '../../../core/random.ts'
import { sigmoid } from '../../../stats/logistic.ts'
import { treeProbability } from '../embedded/boosted-trees.ts'
import { featureNames } from '../embedded/features.ts'
import { inputNames } from '../embedded/inputs.ts'
import { applySoft, type SoftScaling } from '../embedded/soft-scaling.ts'
import { type BoostingOptions, boost, defaultBoosting } from './boosting.ts'
import { featureMatrix, type PairMatrix, takeRows } from './feature-matrix.ts'
import { fitSoft } from './fit-soft.ts'
import { fitStack, type RowScore, type Stack, type StackData, scoreRows } from './fit-stack.ts'
import type { LabelledPair } from './labelled-pair.ts'
import { type CrossFit, type QualityReport, reportQuality } from './quality-report.ts'
import { foldOf, folds, rowsWhere, testFold, trainingRows } from './split.ts'

/** How a model is trained. */
export interface TrainingOptions {
  readonly seed: number
  readonly boosting?: Partial<BoostingOptions>
  /** Measure held-out types and cross-fit the small sources, too: ten trainings instead of one. */
  readonly isThorough: boolean
  /** Told what is being done. */
  readonly say?: (message: string) => void
}

/** A trained model with what is known of it. */
export interface TrainedModel extends Stack {
  /** How constraints with nothing checkable are read. */
  readonly soft: SoftScaling
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
  ['followbench-rules-crafted', 0.4],
  ['followbench-judged', 8],
  ['cfbench-judged', 8],
  ['pairs-judged', 8],
])
/** Parts that rule types are spread over when whole types are held out. */
const typeParts = 5
/** Sources of so few clusters that one part in five says little: they are measured over all parts. */
const isCrossFitted = ({ isRule, source }: LabelledPair) =>
  source.startsWith('followbench-rules') || (!isRule && !source.endsWith('-pseudo'))

/** Trains on four fifths of the clusters and measures on the fifth. The same pairs and seed give the same model. */
export function trainModel(pairs: readonly LabelledPair[], options: TrainingOptions): TrainedModel {
  const { seed, isThorough, say = () => {} } = options
  const boosting = { ...defaultBoosting, ...options.boosting }
  say(`reading ${pairs.length} pairs into ${inputNames.length} numbers each`)
  const matrix = featureMatrix(pairs)
  const weights = Float32Array.from(pairs, ({ source }) => sourceWeights.get(source) ?? 1)
  const data: StackData = { pairs, matrix, weights, boosting, seed }
  const learnt = trainingRows(pairs, testFold)
  say(`training on ${learnt.length} pairs`)
  const main = fitStack(data, learnt, 'main')
  const tested = rowsWhere(pairs, (pair) => foldOf(pair) === testFold)
  const byLength = lengthBaseline(data)
  const scores: FoldScore[] = []
  const heldOutScores: { row: number; score: RowScore }[] = []
  if (isThorough) {
    const wanted = rowsWhere(pairs, isCrossFitted)
    for (let fold = 0; fold < folds; fold += 1) {
      say(`cross-fitting part ${fold + 1} of ${folds}`)
      const rows = wanted.filter((index) => foldOf(pairs[index]!) === fold)
      if (rows.length === 0) continue
      const training = trainingRows(pairs, fold)
      const stack = fold === testFold ? main : fitStack(data, training, `fold-${fold}`)
      const lengths = byLength(training, rows, `length-${fold}`)
      scoreRows(stack, matrix, rows).forEach((score, index) => {
        scores.push({ ...score, row: rows[index]!, fold, lengthOnly: lengths[index]! })
      })
    }
    for (let part = 0; part < typeParts; part += 1) {
      say(`holding out types, part ${part + 1} of ${typeParts}`)
      const isHeldOut = ({ isRule, type }: LabelledPair) =>
        isRule && deriveSeed('type', family(type)) % typeParts === part
      const rows = tested.filter((row) => isHeldOut(pairs[row]!))
      const rest = learnt.filter((row) => !isHeldOut(pairs[row]!))
      if (rows.length === 0 || rest.length === 0) continue
      scoreRows(fitStack(data, rest, `type-${part}`), matrix, rows).forEach((score, index) => {
        heldOutScores.push({ row: rows[index]!, score })
      })
    }
  }
  // The shipped model reads every constraint with nothing checkable so, whoever labelled it.
  const judged = scores.filter(({ row }) => !pairs[row]!.isRule && !matrix.isCheckable[row])
  const softWithout = (fold: number | null) => {
    const used = judged.filter((score) => score.fold !== fold)
    return fitSoft(
      used,
      used.map(({ row }) => pairs[row]!.label),
    )
  }
  const probability = (row: number, { tree, relevance }: RowScore, soft: SoftScaling) =>
    matrix.isCheckable[row] ? sigmoid(tree) : applySoft(soft, tree, relevance)
  const softByFold = Array.from({ length: folds }, (_, fold) => softWithout(fold))
  const soft = softWithout(null)
  const crossFit = scores.map((score): CrossFit => {
    const { label, cluster, source, type, isRule } = pairs[score.row]!
    const p = round(probability(score.row, score, softByFold[score.fold]!))
    return { p, lengthOnly: score.lengthOnly, label, cluster, source, type, isRule }
  })
  say('measuring')
  const quality = reportQuality({
    pairs,
    learnt,
    tested,
    probabilities: scoreRows(main, matrix, tested).map((score, index) => probability(tested[index]!, score, soft)),
    lengthOnly: byLength(learnt, tested, 'length'),
    crossFit,
    heldOutTypes: heldOutScores.map(({ row, score }) => ({ row, p: probability(row, score, soft) })),
    seed,
  })
  return { ...main, soft, quality, curve: crossFit.filter(({ isRule }) => !isRule) }
}

/** A row scored by a model that saw nothing of its cluster. */
interface FoldScore extends RowScore {
  readonly row: number
  readonly fold: number
  /** P(satisfied) by the length of the response alone. */
  readonly lengthOnly: number
}

/** The same learner on the length of the response alone. */
function lengthBaseline({ pairs, matrix, weights, boosting, seed }: StackData) {
  const names = ['shape:words', 'shape:sentences', 'shape:paragraphs', 'shape:lines']
  const columns = onlyColumns(matrix, names)
  return (training: readonly number[], rows: readonly number[], name: string): number[] => {
    const trees = boost(
      {
        features: takeRows(columns, names.length, training),
        width: names.length,
        labels: Uint8Array.from(training, (row) => pairs[row]!.label),
        weights: Float32Array.from(training, (row) => weights[row]!),
      },
      { ...boosting, trees: 60, depth: 3, featureShare: 1 },
      mulberry32(deriveSeed('boosting', name, seed)),
    )
    return rows.map((row) => treeProbability(trees, columns.subarray(row * names.length, (row + 1) * names.length)))
  }
}

function onlyColumns({ features }: PairMatrix, names: readonly string[]): Float32Array {
  const from = names.map((name) => featureNames.indexOf(name))
  const width = featureNames.length
  const columns = new Float32Array((features.length / width) * from.length)
  for (let row = 0; row * width < features.length; row += 1) {
    from.forEach((column, index) => {
      columns[row * from.length + index] = features[row * width + column]!
    })
  }
  return columns
}

/** Types of one family are held out together: those that ask for the same thing in other benchmarks' words. */
export function family(type: string): string {
  const name = type.replace(/^(?:rule|collie|keywords|length_constraints|startend|detectable_\w+):/, '')
  if (/keyword|existence|forbidden|frequency|word ForEach/.test(name)) return 'keywords'
  if (/Count|number_words|number_sentences|^length/.test(name)) return 'amounts'
  if (/ends|starts|end_checker|quotation|Position/.test(name)) return 'places'
  return name
}

function round(p: number): number {
  return Math.round(p * 1e4) / 1e4
}
