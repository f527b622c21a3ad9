import { readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Files that the sandbox is made of, as absolute real paths. */
export interface SandboxFiles {
  /** Folder of the pinned Pyodide package, without a slash at the end. */
  readonly runtime: string
  /** Version of that package: `0.27.8`. */
  readonly version: string
  /** Program of the child process. */
  readonly child: string
  /** Python source that runs the snippets. */
  readonly harness: string
}

/** The sandbox's files, or null when the optional package `pyodide-sandbox` is not installed. */
export function findSandboxFiles(): SandboxFiles | null {
  let manifest: string
  try {
    manifest = realpathSync(createRequire(import.meta.url).resolve('pyodide-sandbox/package.json'))
  } catch {
    return null
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const child = realpathSync(fileURLToPath(new URL('./child.mjs', import.meta.url)))
  const harness = readFileSync(fileURLToPath(new URL('./harness.py', import.meta.url)), 'utf8')
  return { runtime: dirname(manifest), version, child, harness }
}
