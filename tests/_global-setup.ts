import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Command-line tests run the built program: builds it when a source file is newer. */
export default function setup(): void {
  const built = join(root, 'dist/cli/main.js')
  if (existsSync(built) && newest(join(root, 'src')) <= statSync(built).mtimeMs) return
  try {
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  } catch {
    console.error('The build failed: tests of the command line run what was built before, or fail.')
  }
}

function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs)
  return Math.max(...times)
}
