import type { SandboxedPython } from '../checkers/python/python-runner.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'

/**
 * Opens the Python sandbox when a benchmark of the run needs it, and starts loading it while the model answers. Null
 * when nothing needs it or the user switched it off: code checks then end as `check-error`.
 */
export async function openSandbox(plans: readonly BenchmarkPlan[], isOff: boolean): Promise<SandboxedPython | null> {
  if (isOff || !plans.some(({ benchmark }) => benchmark.needsPython)) return null
  const { createPythonRunner } = await import('../checkers/python/index.ts')
  const sandbox = createPythonRunner()
  sandbox.warm()
  return sandbox
}
