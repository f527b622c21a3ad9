import { groupBy } from '../../../core/group-by.ts'
import {
  type BinaryAgreement,
  binaryAgreement,
  type ConfusionCounts,
  confusionCounts,
} from '../../../stats/binary-agreement.ts'
import { wilson } from '../../../stats/wilson.ts'
import type { LabelledLine } from './labelled-line.ts'

/** Errors of pseudo-labels against people's labels, of all pairs or of a part. */
export interface PseudoLabelFigures {
  readonly n: number
  /** Positive = labelled as satisfied; the reference is the person. */
  readonly confusion: ConfusionCounts
  readonly agreement: BinaryAgreement
  /** Share of pairs with the same label, with Wilson's interval, as the two rates. */
  readonly accuracy: ReturnType<typeof wilson>
  /** Of the pairs that people call not satisfied: pseudo-labelled as satisfied. */
  readonly falsePositiveRate: ReturnType<typeof wilson>
  /** Of the pairs that people call satisfied: pseudo-labelled as not satisfied. */
  readonly falseNegativeRate: ReturnType<typeof wilson>
}

/** The same with its parts. */
export interface PseudoLabelErrors extends PseudoLabelFigures {
  readonly byType: readonly (PseudoLabelFigures & { readonly name: string })[]
  readonly byLevel: readonly (PseudoLabelFigures & { readonly name: string })[]
}

/** Compares `label` with `human`; null where no line has both. */
export function pseudoLabelErrors(lines: readonly LabelledLine[]): PseudoLabelErrors | null {
  const both = lines.filter(({ human }) => human != null)
  if (both.length === 0) return null
  const partsBy = (key: (line: LabelledLine) => string | number | null | undefined) =>
    [...groupBy(both, (line) => key(line) ?? null)].flatMap(([name, members]) =>
      name === null ? [] : [{ name: String(name), ...figuresOf(members) }],
    )
  return { ...figuresOf(both), byType: partsBy(({ type }) => type), byLevel: partsBy(({ level }) => level) }
}

function figuresOf(lines: readonly LabelledLine[]): PseudoLabelFigures {
  const confusion = confusionCounts(
    lines.map(({ label }) => label),
    lines.map(({ human }) => human!),
  )
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion
  return {
    n: lines.length,
    confusion,
    agreement: binaryAgreement(confusion),
    accuracy: wilson(truePositives + trueNegatives, lines.length),
    falsePositiveRate: wilson(falsePositives, falsePositives + trueNegatives),
    falseNegativeRate: wilson(falseNegatives, falseNegatives + truePositives),
  }
}
