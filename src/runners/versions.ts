import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Manifest } from './manifest.ts'

const packageRoot = fileURLToPath(new URL('../../', import.meta.url))

/** Versions of everything that a score may hang on. */
export function versions(): Manifest['versions'] {
  const { version } = JSON.parse(readFileSync(`${packageRoot}package.json`, 'utf8')) as { version: string }
  return { heed: version, node: process.version, platform: `${process.platform}-${process.arch}` }
}

/** Commit of the checkout that runs, and whether it was changed; null for an installed package. */
export async function gitState(): Promise<Manifest['git']> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', ['-C', packageRoot, ...args], { timeout: 5000 })).stdout.trim()
  try {
    if ((await git('ls-files', 'package.json')) === '') return null
    const [commit, changes] = await Promise.all([git('rev-parse', 'HEAD'), git('status', '--porcelain')])
    return { commit, dirty: changes !== '' }
  } catch {
    return null
  }
}
