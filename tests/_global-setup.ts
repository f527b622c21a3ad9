import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const prefix = '.dist-test-'

/**
 * Command-line tests run the built program. Every test run builds its own copy beside `dist/`, so that it tests the
 * sources as they are and no other run or build changes it meanwhile.
 */
export default function setup(): () => void {
  removeLeftovers()
  const name = `${prefix}${process.pid}`
  const folder = join(root, name)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  try {
    node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', name)
    node('scripts/copy-assets.mjs', name)
    node('scripts/make-executable.mjs', name)
  } catch (cause) {
    remove()
    throw new Error('Expected the sources to build, see above', { cause })
  }
  process.env.HEED_TEST_BUILD = folder
  return remove
}

/** Builds of test runs that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(root)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(root, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
