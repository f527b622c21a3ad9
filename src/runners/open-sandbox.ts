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
  if (isOff || !plans.some(({ benchmark }) => benchmark.needsPython)) return null
  const { createPythonRunner, isSandboxInstalled } = await import('../checkers/python/index.ts')
  if (!isSandboxInstalled())
    warn(
      'the optional package pyodide-sandbox is not installed: code checks end as check-error (reinstall without --omit=optional)',
    )
  const sandbox = createPythonRunner()
  sandbox.warm()
  return sandbox
}
