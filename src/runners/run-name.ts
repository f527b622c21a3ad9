import { canonicalJson, sha256 } from '../core/hash.ts'
import type { RunIdentity, ScoringIdentity } from './manifest.ts'
import type { Shard } from './shard.ts'

/**
 * Name of the folder of a run that was given none: the checkpoint, then eight digits of the configuration's hash. The
 * same command finds the same folder again, another configuration another one.
 * A shard has the name of the whole run with its number behind it.
 */
export function runFolderName(name: string, identity: RunIdentity, scoring: ScoringIdentity): string {
  const { shard, ...whole } = identity
  const folder = `${slug(name)}-${sha256(canonicalJson({ identity: whole, scoring })).slice(0, 8)}`
  return shard ? `${folder}${shardSuffix(shard)}` : folder
}

/** Behind the folder name of the whole run: shards of one run stand side by side. */
export function shardSuffix({ index, count }: Shard): string {
  return `-shard-${String(index).padStart(String(count).length, '0')}-of-${count}`
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
