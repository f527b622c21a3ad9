import type { ItemPair } from './compare.types.ts'
import { type McNemarTest, mcNemar } from './mcnemar.ts'
import { mean } from './sum.ts'
import { type WilcoxonTest, wilcoxonSignedRank } from './wilcoxon.ts'

/** What the items alone say, without resampling. */
export interface ItemTests {
  readonly n: number
  readonly unmeasured: number
  readonly isBinary: boolean
  readonly disagreements: { readonly onlyA: number; readonly onlyB: number } | null
  /** Only where the items are independent and their mean difference is the figure's. */
  readonly mcNemar: McNemarTest | null
  readonly wilcoxon: WilcoxonTest | null
}

/** @param difference of the figure, to see whether it is the mean over items */
export function itemTests(items: readonly ItemPair[], difference: number | null): ItemTests {
  const pairs = items.filter((pair): pair is ItemPair & { a: number; b: number } => pair.a !== null && pair.b !== null)
  const differences = pairs.map(({ a, b }) => a - b)
  const isBinary = pairs.length > 0 && pairs.every(({ a, b }) => isPassOrFail(a) && isPassOrFail(b))
  const disagreements = isBinary
    ? {
        onlyA: differences.filter((value) => value > 0).length,
        onlyB: differences.filter((value) => value < 0).length,
      }
    : null
  const independent = new Set(pairs.map(({ cluster }) => cluster)).size === pairs.length
  const isMean = difference !== null && Math.abs((mean(differences) ?? Number.NaN) - difference) <= 1e-9
  const fits = independent && isMean
  return {
    n: pairs.length,
    unmeasured: items.length - pairs.length,
    isBinary,
    disagreements,
    mcNemar: fits && disagreements ? mcNemar(disagreements.onlyA, disagreements.onlyB) : null,
    wilcoxon: fits && !isBinary ? wilcoxonSignedRank(withoutRoundingNoise(differences)) : null,
  }
}

function isPassOrFail(value: number): boolean {
  return value === 0 || value === 1
}

/** 0.3 - 0.2 and 0.4 - 0.3 are one difference and must share a rank. */
function withoutRoundingNoise(differences: readonly number[]): number[] {
  return differences.map((difference) => Math.round(difference * 1e9) / 1e9)
}
