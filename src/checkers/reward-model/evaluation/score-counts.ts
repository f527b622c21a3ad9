import { type BinaryAgreement, binaryAgreement } from '../../../stats/binary-agreement.ts'

/** Figures of one draw of pairs. */
export interface DrawnFigures {
  readonly agreement: BinaryAgreement
  readonly auroc: number | null
  readonly tauB: number | null
  readonly ece: number | null
}

/**
 * Pairs counted by score and label. Resampling draws the same scores again and again: sorted once, each draw costs one
 * step a pair and one a distinct score, where sorting it would cost most of the time of an evaluation.
 */
export class ScoreCounts {
  /** Place of each pair's score among the distinct ones, ascending. */
  readonly #places: Int32Array
  readonly #scores: readonly number[]
  readonly #bins: Int32Array
  readonly #binCount: number
  readonly #threshold: number
  readonly #satisfied: Float64Array
  readonly #violated: Float64Array

  constructor(scores: readonly number[], threshold: number, binCount: number) {
    this.#scores = [...new Set(scores)].sort((one, other) => one - other)
    const places = new Map(this.#scores.map((score, place) => [score, place]))
    this.#places = Int32Array.from(scores, (score) => places.get(score)!)
    this.#bins = Int32Array.from(this.#scores, (score) => Math.min(Math.floor(score * binCount), binCount - 1))
    this.#binCount = binCount
    this.#threshold = threshold
    this.#satisfied = new Float64Array(this.#scores.length)
    this.#violated = new Float64Array(this.#scores.length)
  }

  /** Begins another draw. */
  clear(): void {
    this.#satisfied.fill(0)
    this.#violated.fill(0)
  }

  /** Puts the pair of this index into the draw. */
  add(index: number, label: 0 | 1): void {
    const counts = label === 1 ? this.#satisfied : this.#violated
    counts[this.#places[index]!]! += 1
  }

  /** Figures of what was added since {@link clear}. */
  figures(): DrawnFigures {
    const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 }
    const bins = Array.from({ length: this.#binCount }, () => ({ n: 0, labels: 0, scores: 0 }))
    let satisfied = 0
    let violated = 0
    // Pairs of a satisfied and a violated one in the right order, ties half.
    let ordered = 0
    let tied = 0
    for (let place = 0; place < this.#scores.length; place += 1) {
      const yes = this.#satisfied[place]!
      const no = this.#violated[place]!
      const n = yes + no
      if (n === 0) continue
      const score = this.#scores[place]!
      ordered += yes * (violated + no / 2)
      tied += (n * (n - 1)) / 2
      satisfied += yes
      violated += no
      if (score >= this.#threshold) {
        counts.truePositives += yes
        counts.falsePositives += no
      } else {
        counts.falseNegatives += yes
        counts.trueNegatives += no
      }
      const bin = bins[this.#bins[place]!]!
      bin.n += n
      bin.labels += yes
      bin.scores += n * score
    }
    const total = satisfied + violated
    const auroc = satisfied === 0 || violated === 0 ? null : ordered / (satisfied * violated)
    const untied = (total * (total - 1)) / 2 - tied
    return {
      agreement: binaryAgreement(counts),
      auroc,
      tauB:
        auroc === null || untied === 0 ? null : ((2 * auroc - 1) * Math.sqrt(satisfied * violated)) / Math.sqrt(untied),
      ece:
        total === 0
          ? null
          : bins.reduce((sum, { n, labels, scores }) => sum + (n === 0 ? 0 : Math.abs(labels - scores) / total), 0),
    }
  }
}
