export {
  createPythonRunner,
  isSandboxInstalled,
  type PythonRunnerOptions,
  type SandboxedPython,
} from './python-runner.ts'
export { residentMemory } from './resident-memory.ts'
export { type SelfTestRow, selfTestSandbox } from './self-test.ts'
