import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DataError } from '../core/errors.ts'
import type { Manifest, ScoringIdentity } from './manifest.ts'
import { readManifest, runFiles } from './run-folder.ts'
import { shardSuffix } from './run-name.ts'
import type { Scores } from './scores.ts'
import { shardName } from './shard.ts'

/** A finished run (or a further scoring of one) as it lies on disk. */
export interface FinishedRun {
  /** Name of the checkpoint as printed: `--name`, else the model's. A shard or a further scoring adds its own in brackets. */
  readonly name: string
  /** Folder with `manifest.json` and `calls.jsonl`. */
  readonly folder: string
  /** Folder with `scores.json` and `verdicts.jsonl`: the run's own, or one under `scorings/`. */
  readonly scoringFolder: string
  readonly manifest: Manifest
  /** How these scores were made. */
  readonly scoring: ScoringIdentity
  readonly scores: Scores
}

/**
 * Opens a run folder, or a further scoring of one by its path `<run>/scorings/<name>`.
 * @throws DataError `not-a-run-folder`, `not-scored`, `broken-scores`
 */
export function openFinishedRun(path: string): FinishedRun {
  const scoringFolder = resolve(path)
  const isFurther = isFurtherScoring(scoringFolder)
  const folder = isFurther ? dirname(dirname(scoringFolder)) : scoringFolder
  const manifest = readManifest(folder)
  const scores = readScores(scoringFolder)
  const { shard } = manifest.identity
  const part = shard ? ` [shard ${shardName(shard)}]` : ''
  const name = `${manifest.tags.name ?? scores.modelName ?? basename(folder)}${part}`
  return {
    name: isFurther ? `${name} [${basename(scoringFolder)}]` : name,
    folder,
    scoringFolder,
    manifest,
    scoring: scores.scoring ?? manifest.scoring,
    scores,
  }
}

/**
 * Opens the runs that a shell pattern such as `results/*` names: entries beside run folders (a README, calibrations) are
 * passed over, and so are shards where the whole run is there. A path that is the only one has to be a run.
 * @param skip told what was passed over
 * @throws DataError as {@link openFinishedRun}, and `not-a-run-folder` when none of the paths is a run
 */
export function openFinishedRuns(
  paths: readonly string[],
  skip: (path: string, reason: string) => void,
): FinishedRun[] {
  const isRun = (path: string) =>
    existsSync(join(path, runFiles.manifest)) || basename(dirname(resolve(path))) === runFiles.scorings
  const runs = paths.filter(isRun)
  if (runs.length === 0) return paths.map(openFinishedRun)
  const wholes = new Set(runs.map((path) => resolve(path)))
  const isMerged = (path: string) => {
    const { shard } = existsSync(join(path, runFiles.manifest)) ? readManifest(path).identity : {}
    const suffix = shard ? shardSuffix(shard) : ''
    return suffix !== '' && path.endsWith(suffix) && wholes.has(resolve(path.slice(0, -suffix.length)))
  }
  for (const path of paths) {
    if (!isRun(path)) skip(path, 'not a run folder')
    else if (isMerged(path)) skip(path, 'a shard of a run that is there as a whole')
  }
  return runs.filter((path) => !isMerged(path)).map(openFinishedRun)
}

function isFurtherScoring(folder: string): boolean {
  return basename(dirname(folder)) === runFiles.scorings && !existsSync(join(folder, runFiles.manifest))
}

function readScores(folder: string): Scores {
  const file = join(folder, runFiles.scores)
  if (!existsSync(file)) {
    throw new DataError('not-scored', `Expected ${runFiles.scores} in ${folder}: the run has not come to its end`, {
      hint: 'Run its command again to resume it.',
    })
  }
  let scores: Scores
  try {
    scores = JSON.parse(readFileSync(file, 'utf8')) as Scores
  } catch (cause) {
    throw new DataError('broken-scores', 'Expected JSON', { location: { file }, cause, hint: recomputeHint })
  }
  if (scores?.format === 1 && Array.isArray(scores.benchmarks)) return scores
  throw new DataError('broken-scores', `Expected scores of format 1, got ${String(scores?.format)}`, {
    location: { file },
    hint: recomputeHint,
  })
}

const recomputeHint = 'Scores follow from the call log: run the command of the run again with --offline.'
