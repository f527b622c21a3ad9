import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Calibration } from '../checkers/judge-calibration/calibration.types.ts'
import { DataError } from '../core/errors.ts'
import type { FinishedRun } from './read-run.ts'
import { slug } from './run-name.ts'

/** Folder under the results root where calibrations are kept. */
export const calibrationsFolder = 'calibrations'

/** Where the latest calibration of a judge is kept: `<results>/calibrations/<judge>.json`. */
export function calibrationPath(resultsRoot: string, judge: string): string {
  return join(resultsRoot, calibrationsFolder, `${slug(judge)}.json`)
}

/**
 * The calibration of a judge, for citing it beside its verdicts; null when the judge was never calibrated here.
 * @param judge identity of the endpoint, as in a run's scoring
 * @throws DataError `broken-calibration`
 */
export function findCalibration(resultsRoot: string, judge: string): Calibration | null {
  const file = calibrationPath(resultsRoot, judge)
  if (!existsSync(file)) return null
  const calibration = readCalibration(file)
  return calibration.judge === judge ? calibration : null
}

/**
 * The calibrations of the judges that decided something in these runs, one a judge, from beside the run folders.
 * @throws DataError `broken-calibration`
 */
export function calibrationsOf(
  runs: readonly Pick<FinishedRun, 'folder' | 'manifest' | 'scores'>[],
): readonly Calibration[] {
  const found = new Map<string, Calibration>()
  for (const { folder, manifest, scores } of runs) {
    const { judge } = scores.scoring ?? manifest.scoring
    const isJudged = scores.benchmarks.some(({ scorers }) => Object.keys(scorers).some(namesJudge))
    const calibration = judge === null || !isJudged ? null : findCalibration(dirname(folder), judge)
    if (calibration) found.set(calibration.judge, calibration)
  }
  return [...found.values()]
}

function namesJudge(scorer: string): boolean {
  return scorer.startsWith('judge:')
}

/**
 * Reads a stored calibration.
 * @throws DataError `broken-calibration`
 */
export function readCalibration(file: string): Calibration {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new DataError('broken-calibration', 'Expected the JSON of a calibration', { location: { file }, cause })
  }
  const { format, agreement } = (value ?? {}) as Partial<Calibration>
  if (format === 1 && agreement) return value as Calibration
  throw new DataError('broken-calibration', `Expected a calibration of format 1, got ${String(format)}`, {
    location: { file },
    hint: 'Calibrations are made by `bench judge calibrate`.',
  })
}
