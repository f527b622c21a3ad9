import Table from 'cli-table3'
import type { AgreementFigures, Calibration, ShareFigure } from '../../checkers/judge-calibration/calibration.types.ts'
import { printable } from '../../core/printable.ts'

/** A calibration as text for a terminal. */
export function calibrationText(calibration: Calibration): string {
  const { judgeName, set, rows, judged, agreement, clusteredInterval, consistency, verdicts, usage } = calibration
  const { limit, file, sha256 } = set
  const { settings, returnedModels, calibratedAt, unreadableReplies, byType } = calibration
  const lines = [
    `judge ${judgeName}${returnedModels.length > 0 ? ` (answered as ${returnedModels.join(', ')})` : ''}`,
    `set ${file}${limit === null ? '' : `, first ${limit} rows`} (sha256 ${sha256.slice(0, 12)}), ${calibratedAt.slice(0, 10)}, ${describeSettings(settings)}`,
    '',
    `judged            ${judged} of ${rows} rows`,
    `accuracy          ${share(agreement.accuracy)}`,
    ...(clusteredInterval
      ? [`                  ${range(clusteredInterval)} over ${clusteredInterval.clusters} clusters of rows`]
      : []),
    `base rate         ${percent(agreement.baseRate)} of the labels are 1, ${percent(agreement.judgeRate)} of the verdicts`,
    `constant guess    ${percent(agreement.constantAccuracy)} accuracy without looking`,
    `balanced accuracy ${percent(judged === 0 ? null : agreement.balancedAccuracy)}`,
    `kappa             ${kappa(agreement)}, AC1 ${number(agreement.ac1)}`,
    ...(consistency
      ? [
          `self-consistency  ${percent(consistency.pairAgreement)} of pairs of ${consistency.repeats} repeats agree, ${share(consistency.unanimous)} rows unanimous`,
          `majority vote     ${share(consistency.majorityAccuracy)}`,
        ]
      : []),
    `unreadable        ${share(unreadableReplies)} of the replies; ${verdicts.unparsed} of ${verdicts.asked} verdicts lost to it, ${verdicts.failed} to failed calls`,
    `cost              ${cost(usage)}`,
    '',
    typeTable(agreement, byType),
  ]
  return printable(lines.join('\n'))
}

function describeSettings({ repeats, rounds, sampling }: Calibration['settings']): string {
  const sent = Object.entries(sampling).map(([name, value]) => `${name} ${String(value)}`)
  return [`${repeats} ${repeats === 1 ? 'verdict' : 'verdicts'} a row`, `${rounds} rounds at most`, ...sent].join(', ')
}

function typeTable(all: AgreementFigures, byType: Calibration['byType']): string {
  const table = new Table({
    head: ['type', 'rows', 'yes/yes', 'judge yes', 'judge no', 'no/no', 'accuracy', '95 %', 'kappa', 'base rate'],
    colAligns: ['left', ...Array<'right'>(9).fill('right')],
    style: { head: [], border: [], compact: true },
  })
  for (const { type, ...figures } of [...byType, { type: 'all', ...all }]) {
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = figures.confusion
    table.push([
      printable(type),
      figures.accuracy.n,
      truePositives,
      falsePositives,
      falseNegatives,
      trueNegatives,
      percent(figures.accuracy.value),
      range(figures.accuracy),
      number(figures.kappa),
      percent(figures.baseRate),
    ])
  }
  return `${table.toString()}\nyes/yes and no/no agree; "judge yes" are labels 0 called satisfied, "judge no" labels 1 called not`
}

function share({ value, low, high, n }: ShareFigure): string {
  return value === null ? 'nothing measured' : `${percent(value)} ${range({ low, high })} of ${n}`
}

function range({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return low === null || high === null ? '' : `[${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`
}

function kappa({ kappa, kappaError, baseRate }: AgreementFigures): string {
  const error = kappaError === null ? '' : ` ± ${kappaError.toFixed(2)}`
  return `${number(kappa)}${error} at a base rate of ${percent(baseRate)}`
}

function cost({ cost, costPerThousand, calls, inputTokens, outputTokens }: Calibration['usage']): string {
  const money =
    cost === null || costPerThousand === null
      ? 'no price known'
      : `$${costPerThousand.toFixed(4)} per 1,000 verdicts ($${cost.toFixed(4)} in all)`
  return `${money}; ${calls} replies, ${inputTokens} + ${outputTokens} tokens`
}

function percent(value: number | null): string {
  return value === null ? 'none' : `${(value * 100).toFixed(1)} %`
}

function number(value: number | null): string {
  return value === null ? 'none' : value.toFixed(2)
}
