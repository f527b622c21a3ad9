import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataError } from '../core/errors.ts'
import type { Manifest } from './manifest.ts'
import { assertResumable } from './resume-gate.ts'

/** Paths inside a run folder. */
export const runFiles = {
  manifest: 'manifest.json',
  calls: 'calls.jsonl',
  verdicts: 'verdicts.jsonl',
  scores: 'scores.json',
  lock: '.lock',
  scorings: 'scorings',
} as const

/**
 * Makes the folder of a run, or checks that the one that is there is the same run. Never changes a folder that it
 * refuses.
 * @param isOwnScoring false for a further scoring of the same responses: then only what was generated must agree
 * @returns the manifest that is in force, and whether it was there before
 * @throws UsageError `resume-differs`, DataError `not-a-run-folder`
 */
export function openRunFolder(
  folder: string,
  manifest: Manifest,
  isOwnScoring = true,
): { manifest: Manifest; resumed: boolean } {
  const file = join(folder, runFiles.manifest)
  if (existsSync(file)) {
    const found = readManifest(folder)
    const asked = JSON.parse(JSON.stringify(manifest)) as Manifest
    const part = ({ identity, scoring }: Manifest) => (isOwnScoring ? { ...identity, scoring } : identity)
    assertResumable(folder, part(found), part(asked))
    return { manifest: found, resumed: true }
  }
  if (existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith(runFiles.lock))) {
    throw new DataError(
      'not-a-run-folder',
      `Expected an empty folder or a run folder, found other files in ${folder}`,
      {
        hint: 'Choose another folder with --out.',
      },
    )
  }
  mkdirSync(folder, { recursive: true })
  writeAtomically(file, `${JSON.stringify(manifest, null, 2)}\n`)
  return { manifest, resumed: false }
}

/**
 * Reads the manifest of a run folder.
 * @throws DataError `not-a-run-folder`
 */
export function readManifest(folder: string): Manifest {
  const file = join(folder, runFiles.manifest)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new DataError(
      'not-a-run-folder',
      `Expected a run folder with ${runFiles.manifest}, found none at ${folder}`,
      {
        hint: 'Run folders are made by `bench run` and `bench score`, by default under results/.',
        cause,
      },
    )
  }
  try {
    return JSON.parse(text) as Manifest
  } catch (cause) {
    throw new DataError('broken-manifest', 'Expected a JSON manifest', { location: { file }, cause })
  }
}

/** Writes a whole file so that readers see the old or the new content, never a part. */
export function writeAtomically(file: string, content: string): void {
  const draft = `${file}.${process.pid}.tmp`
  writeFileSync(draft, content)
  renameSync(draft, file)
}
