import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { built } from '../_build.ts'

const main = built('cli/main.js')

export interface BenchResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Environment of a command: nothing of the developer's keys, proxies or data gets in. */
export function cleanEnvironment(over: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: '/nonexistent', BENCH_DATA_DIR: '/nonexistent/data', ...over }
}

/** Starts the built `bench` command. */
export function startBench(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [main, ...args], { env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs the built `bench` command to its end. */
export async function bench(args: readonly string[], env: Record<string, string> = {}): Promise<BenchResult> {
  const child = startBench(args, env)
  let stdout = ''
  let stderr = ''
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** A folder that lives as long as one test. */
export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'heed-cli-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
