import { canonicalJson, sha256 } from '../core/hash.ts'
import type { RunIdentity, ScoringIdentity } from './manifest.ts'

/**
 * Name of the folder of a run that was given none: the checkpoint, then eight digits of the configuration's hash. The
 * same command finds the same folder again, another configuration another one.
 */
export function runFolderName(name: string, identity: RunIdentity, scoring: ScoringIdentity): string {
  return `${slug(name)}-${sha256(canonicalJson({ identity, scoring })).slice(0, 8)}`
}

/** A name that is safe as a file name on every system. */
export function slug(name: string): string {
  const safe = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80)
  return safe || 'run'
}
