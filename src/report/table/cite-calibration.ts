import type { Calibration } from '../../checkers/judge-calibration/calibration.types.ts'

/** A calibration in one sentence, to stand below figures that its judge decided. */
export function citeCalibration(calibration: Calibration): string {
  const { judgeName, set, rows, judged, agreement, clusteredInterval, calibratedAt } = calibration
  const { accuracy, baseRate, constantAccuracy, kappa } = agreement
  const source = `rows of ${set.file}, ${calibratedAt.slice(0, 10)}`
  if (judged === 0) return `judge ${judgeName} against labels: no verdict could be had on any of ${rows} ${source}`
  const measured = judged === rows ? `${rows}` : `${judged} of ${rows}`
  const figures = [
    `accuracy ${percent(accuracy.value)}${range(clusteredInterval ?? accuracy)}`,
    `constant guess ${percent(constantAccuracy)}`,
    `kappa ${kappa === null ? 'none' : kappa.toFixed(2)} at a base rate of ${percent(baseRate)}`,
  ].join(', ')
  return `judge ${judgeName} against labels: ${figures}, ${measured} ${source}`
}

function percent(value: number | null): string {
  return value === null ? 'none' : `${(value * 100).toFixed(1)} %`
}

function range({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return low === null || high === null ? '' : ` [${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`
}
