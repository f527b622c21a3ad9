import type { PythonOutcome } from '../scoring-context.ts'
import { type Escape, escapes, probe } from './escapes.ts'
import { forgetPresentChildren, HostWatch } from './host-watch.ts'
import {
  createPythonRunner,
  isSandboxInstalled,
  type PythonRunnerOptions,
  type SandboxedPython,
} from './python-runner.ts'
import { residentMemory } from './resident-memory.ts'

/** One attempt and what the host saw of it. */
export interface SelfTestRow {
  readonly attempt: string
  readonly contained: boolean
  /** What was seen on the host, and how the snippet ended. */
  readonly evidence: string
}

/** Milliseconds that a snippet of the self-test may take. */
const timeLimit = 2000
/** Resident bytes that a child may have at any time: the interpreter at its limit, and what Node and V8 take. */
const residentLimit = 640 * 2 ** 20
/** Milliseconds beyond the time limit within which a killed check must have ended. */
const grace = 3000

/**
 * Tries to break out of the sandbox in every known way, and looks at the host: canary files, a listening port, the
 * process table, signals, resident memory, and a check that runs afterwards. The snippets' own claims do not count.
 * @param onRow called after each attempt
 * @param create makes the runner under test
 */
export async function selfTestSandbox(
  onRow: (row: SelfTestRow) => void = () => {},
  create: ((options: PythonRunnerOptions) => SandboxedPython) | null = isSandboxInstalled() ? createPythonRunner : null,
): Promise<SelfTestRow[]> {
  if (create === null) {
    const row = {
      attempt: 'start',
      contained: false,
      evidence: 'the optional package pyodide-sandbox is not installed',
    }
    onRow(row)
    return [row]
  }
  forgetPresentChildren()
  const watch = await HostWatch.start()
  const python = create({ workers: 1, timeLimit })
  const rows: SelfTestRow[] = []
  try {
    await python.check({ source: probe.source, response: probe.response, mode: 'repaired' })
    for (const wanted of escapes) {
      const row = await attempt(wanted, python, watch)
      rows.push(row)
      onRow(row)
    }
  } finally {
    await python.close()
    await watch.stop()
  }
  return rows
}

async function attempt(wanted: Escape, python: SandboxedPython, watch: HostWatch): Promise<SelfTestRow> {
  const source = wanted.source({ folder: watch.folder, port: watch.port, pid: process.pid })
  const [pid] = python.pids
  let peak = 0
  const sampler = setInterval(() => {
    for (const one of python.pids) peak = Math.max(peak, residentMemory(one) ?? 0)
  }, 20)
  const written = process.stdout.bytesWritten + process.stderr.bytesWritten
  const started = performance.now()
  const outcome = await python.check({ source, response: 'a', mode: wanted.mode ?? 'strict' })
  const duration = performance.now() - started
  clearInterval(sampler)
  const output = process.stdout.bytesWritten + process.stderr.bytesWritten - written
  const after = await python.check({ source: probe.source, response: probe.response, mode: 'repaired' })
  // A signal or a connection reaches this process a turn of the event loop later.
  await new Promise((resolve) => setTimeout(resolve, 50))
  const { files, connections, strangers, signals } = watch.takeTraces(python.pids)
  const problems = [
    ...files.map((name) => `file ${name} on the host`),
    ...(connections > 0 ? [`${connections} connections reached the host`] : []),
    ...(strangers?.map((stranger) => `process ${stranger} was left`) ?? []),
    ...(signals > 0 ? [`${signals} signals reached this process`] : []),
    ...(JSON.stringify(outcome).includes(watch.secret) ? ['the secret of the host came back'] : []),
    ...(output > 0 ? [`${output} bytes were printed`] : []),
    ...(peak > residentLimit ? [`${megabytes(peak)} resident`] : []),
    ...(duration > timeLimit + grace ? [`it took ${(duration / 1000).toFixed(1)} s`] : []),
    ...(found(after) === probe.expected ? [] : [`the next check gave ${found(after)}`]),
  ]
  const isReplaced = pid !== undefined && !python.pids.includes(pid)
  const table = strangers === null ? 'process table not readable' : 'no other process'
  const seen = [
    ...(problems.length > 0
      ? problems
      : [`no file, no connection, ${table}, no signal`, ...(peak > 0 ? [`at most ${megabytes(peak)} resident`] : [])]),
    isReplaced ? 'child replaced' : 'child went on',
    `ended after ${(duration / 1000).toFixed(1)} s with ${describe(outcome)}`,
  ]
  return { attempt: wanted.attempt, contained: problems.length === 0, evidence: seen.join('; ') }
}

function found(outcome: PythonOutcome): string {
  return outcome.kind === 'value' ? JSON.stringify(outcome.value) : `${outcome.reason}: ${outcome.error}`
}

function describe(outcome: PythonOutcome): string {
  const text = found(outcome)
  return text.length > 90 ? `${text.slice(0, 90)}…` : text
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`
}
