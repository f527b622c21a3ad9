import type { SandboxedPython } from '../checkers/python/python-runner.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'

/**
 * Opens the Python sandbox when a benchmark of the run needs it, and starts loading it while the model answers. Null
 * when nothing needs it or the user switched it off: code checks then end as `check-error`.
 */
export async function openSandbox(
  plans: readonly BenchmarkPlan[],
  isOff: boolean,
  warn: (message: string) => void,
): Promise<SandboxedPython | null> {
  if (isOff || !plans.some(({ needsPython }) => needsPython)) return null
  const { createPythonRunner, isSandboxInstalled } = await import('../checkers/python/index.ts')
  if (!isSandboxInstalled())
    warn(
      'the optional package pyodide-sandbox is not installed: code checks end as check-error (reinstall without --omit=optional)',
    )
  const sandbox = createPythonRunner()
  sandbox.warm()
  return sandbox
}

/** One sandbox for all runs of a matrix: its child processes take more memory than everything else of a run. */
export class SharedSandbox {
  #sandbox: Promise<SandboxedPython | null> | null = null

  /** As {@link openSandbox}. What a run closes is only its share. */
  async open(...[plans, isOff, warn]: Parameters<typeof openSandbox>): Promise<SandboxedPython | null> {
    if (isOff || !plans.some(({ needsPython }) => needsPython)) return null
    this.#sandbox ??= openSandbox(plans, isOff, warn)
    const sandbox = await this.#sandbox
    if (!sandbox) return null
    const { name } = sandbox
    return {
      name,
      check: (request) => sandbox.check(request),
      warm: () => sandbox.warm(),
      close: async () => undefined,
      get pids() {
        return sandbox.pids
      },
    }
  }

  /** Ends the child processes, when no run uses them any more. */
  async close(): Promise<void> {
    await (await this.#sandbox)?.close()
  }
}
