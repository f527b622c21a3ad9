import { readWevalRows } from '../../checkers/reward-model/evaluation/weval-rows.ts'
import { rankGroups } from '../../checkers/reward-model/group-rank.ts'
import { print, printJson } from '../output.ts'

/** Prints the figures of the published agreement script, with the honest tau-b beside them. */
export async function printWevalRanks(file: string, groupSize: number, asJson: boolean): Promise<void> {
  const rows = await readWevalRows(file)
  const { groups, officialTau, positionConsistency, exactMatch, plainTau, plainTauUndefined } = rankGroups(
    rows,
    groupSize,
  )
  const figures = { officialTau, positionConsistency, exactMatch, tauB: plainTau, tauBUndefined: plainTauUndefined }
  if (asJson) {
    printJson({ file, groups: groups.length, groupSize, ...figures })
    return
  }
  const show = (value: number | null) => (value === null ? '–' : value.toFixed(4))
  print(`${groups.length} groups of ${groupSize}
as the published script, which gives ties to the right order: tau ${show(officialTau)}, position consistency ${show(positionConsistency)}, exact match ${show(exactMatch)}
tau-b with ties as they are: ${show(plainTau)} (undefined in ${plainTauUndefined})`)
}
