export { createPythonRunner, isSandboxInstalled, type PythonRunnerOptions } from './python-runner.ts'
