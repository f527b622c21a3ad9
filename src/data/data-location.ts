import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** Who says where the data directory is. */
export interface LocationOptions {
  /** `--data-dir`. */
  readonly flag?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly platform?: NodeJS.Platform
  /** Home folder of the user. */
  readonly home?: string
}

/**
 * Absolute path of the data directory: `--data-dir`, else `BENCH_DATA_DIR`, else a per-user cache where the platform
 * keeps such things (`$XDG_CACHE_HOME/heed/data` or `~/.cache/heed/data`, `~/Library/Caches/heed/data`,
 * `%LOCALAPPDATA%\heed\data`).
 */
export function dataLocation(options: LocationOptions = {}): string {
  const { flag, env = process.env, platform = process.platform, home = homedir() } = options
  const given = flag || env.BENCH_DATA_DIR
  if (given) return resolve(given.replace(/^~(?=$|[\\/])/, () => home))
  return join(cacheHome(env, platform, home), 'heed', 'data')
}

function cacheHome(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local')
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  // The XDG base directory specification says that a relative path is to be ignored.
  return env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(home, '.cache')
}
