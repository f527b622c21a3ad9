import { wilson } from '../../stats/wilson.ts'
import type { DroppedStep } from './pairs.ts'
import type { PseudoPair } from './pseudo-label.types.ts'

/** How often the labels of one direction are contradicted by a rule. */
export interface NoiseFigure {
  /** Pairs that a rule can check. */
  readonly checked: number
  readonly wrong: number
  /** wrong / checked, or null without any. */
  readonly rate: number | null
  /** Wilson interval of the rate, 95 %. */
  readonly interval: readonly [number, number] | null
}

/** Both directions in which a pseudo-label can be wrong. */
export interface NoiseFigures {
  /** Labelled 1, but the response misses the constraint: a weak o_k. */
  readonly falsePositives: NoiseFigure
  /** Labelled 0, but the response meets the constraint: o_{k-1} meets it by chance. */
  readonly falseNegatives: NoiseFigure
}

/** `noise.json`. Rules can check hard constraints only: for soft ones this is an indication, not a measurement. */
export interface NoiseReport extends NoiseFigures {
  readonly pairs: number
  readonly byLevel: Readonly<Record<string, NoiseFigures>>
  readonly byType: Readonly<Record<string, NoiseFigures>>
  readonly dropped: Readonly<Partial<Record<DroppedStep, number>>>
}

/** Counts label noise as pairs go by. */
export class NoiseCounter {
  readonly #all = new Tally()
  readonly #byLevel = new Map<string, Tally>()
  readonly #byType = new Map<string, Tally>()
  readonly #dropped = new Map<DroppedStep, number>()
  #pairs = 0

  add(pair: PseudoPair): void {
    this.#pairs += 1
    if (pair.satisfied === null) return
    this.#all.add(pair)
    tallyOf(this.#byLevel, `L${pair.level}`).add(pair)
    tallyOf(this.#byType, pair.type ?? 'untyped').add(pair)
  }

  drop(reason: DroppedStep): void {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + 1)
  }

  report(): NoiseReport {
    const figures = (tallies: ReadonlyMap<string, Tally>) =>
      Object.fromEntries(
        [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, tally]) => [name, tally.figures()]),
      )
    return {
      pairs: this.#pairs,
      ...this.#all.figures(),
      byLevel: figures(this.#byLevel),
      byType: figures(this.#byType),
      dropped: Object.fromEntries(this.#dropped),
    }
  }
}

class Tally {
  readonly #checked: [number, number] = [0, 0]
  readonly #wrong: [number, number] = [0, 0]

  add({ label, satisfied }: PseudoPair): void {
    this.#checked[label] += 1
    if (satisfied !== (label === 1)) this.#wrong[label] += 1
  }

  figures(): NoiseFigures {
    return { falsePositives: this.#figure(1), falseNegatives: this.#figure(0) }
  }

  #figure(label: 0 | 1): NoiseFigure {
    const checked = this.#checked[label]
    const wrong = this.#wrong[label]
    if (checked === 0) return { checked, wrong, rate: null, interval: null }
    const { share, low, high } = wilson(wrong, checked)
    return { checked, wrong, rate: share, interval: [low!, high!] }
  }
}

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  let tally = tallies.get(name)
  if (!tally) {
    tally = new Tally()
    tallies.set(name, tally)
  }
  return tally
}
