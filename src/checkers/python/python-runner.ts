import type { PythonOutcome, PythonRunner } from '../scoring-context.ts'
import { SandboxPool } from './pool.ts'
import { findSandboxFiles } from './sandbox-files.ts'

/** Limits of the sandbox. */
export interface PythonRunnerOptions {
  /** Child processes at most. @default 2 */
  readonly workers?: number
  /** Milliseconds that one snippet may take before its process is killed. @default 5000 */
  readonly timeLimit?: number
  /** Bytes of memory of one interpreter, beyond which Python raises MemoryError. @default 268435456 (256 MiB) */
  readonly memoryLimit?: number
  /** Bytes of interpreter memory, beyond which a process is replaced after the check. @default 67108864 (64 MiB) */
  readonly recycleAbove?: number
}

/** A runner that owns child processes. */
export interface SandboxedPython extends PythonRunner {
  /** Starts loading the interpreter in the background, so that the first check need not wait for it. */
  warm(): void
  /** Ends the child processes. Checks that still wait become errors. */
  close(): Promise<void>
  /** Process ids of the living child processes. */
  readonly pids: readonly number[]
}

/** True when the optional package with the sandbox's interpreter is installed. */
export function isSandboxInstalled(): boolean {
  return findSandboxFiles() !== null
}

/**
 * A pool of hardened child processes that run Python snippets. Returns at once; the first process starts with
 * {@link SandboxedPython.warm} or the first check. Where the optional package is missing, every check is an error that
 * says so.
 */
export function createPythonRunner(options: PythonRunnerOptions = {}): SandboxedPython {
  const files = findSandboxFiles()
  if (files === null) return missing
  const pool = new SandboxPool(files, {
    workers: options.workers ?? 2,
    timeLimit: options.timeLimit ?? 5000,
    memoryLimit: options.memoryLimit ?? 256 * 2 ** 20,
    recycleAbove: options.recycleAbove ?? 64 * 2 ** 20,
  })
  return {
    name: `pyodide ${files.version}`,
    check: ({ source, response, mode }) => pool.check({ sources: [source].flat(), response, mode }),
    warm: () => pool.warm(),
    close: () => pool.close(),
    get pids() {
      return pool.pids
    },
  }
}

const notInstalled: PythonOutcome = {
  kind: 'error',
  error: 'the optional package pyodide-sandbox is not installed: reinstall without --omit=optional',
  reason: 'crash',
}

const missing: SandboxedPython = {
  name: 'python (not installed)',
  check: async () => notInstalled,
  warm: () => {},
  close: async () => {},
  pids: [],
}
