import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { PythonOutcome } from '../scoring-context.ts'
import { nodeFlags } from './node-flags.ts'
import type { SandboxFiles } from './sandbox-files.ts'
import { ReadyLine, ReplyLine, readOutcome } from './worker-reply.ts'

/** One check as the child process gets it. */
export interface WorkerRequest {
  readonly sources: readonly string[]
  readonly response: unknown
  readonly mode: 'strict' | 'repaired'
}

/** Limits of one child process. */
export interface WorkerLimits {
  /** Milliseconds of one source. */
  readonly timeLimit: number
  /** Bytes of the interpreter's memory, beyond which Python raises MemoryError. */
  readonly memoryLimit: number
  /** Bytes of the interpreter's memory, beyond which the process is replaced after the check. */
  readonly recycleAbove: number
}

const startLimit = 60_000
/** A reply is never longer: the harness refuses results of 8 million characters, and escapes take up to three times that. */
const longestLine = 64 * 2 ** 20

interface Pending {
  readonly id: number
  readonly timer: NodeJS.Timeout
  readonly resolve: (outcome: PythonOutcome | null) => void
}

/**
 * One child process with one interpreter. Text lines over its standard input and output are all that is between the two;
 * each reply must echo a random token that Python never sees. After a kill, a failure or memory growth it is `dead` and
 * takes no further check.
 */
export class Worker {
  /** Settles when the interpreter is loaded; null in case of failure, with `problem` set. */
  readonly ready: Promise<string | null>
  readonly pid: number | undefined
  problem = ''
  dead = false
  #isReady = false
  readonly #child: ChildProcess
  readonly #limits: WorkerLimits
  readonly #token = randomBytes(16).toString('hex')
  #rest: Buffer[] = []
  #restLength = 0
  #count = 0
  #pending: Pending | null = null
  #settleReady: (python: string | null) => void = () => {}
  /** Settles when the process is gone. */
  readonly ended: Promise<void>

  constructor(files: SandboxFiles, limits: WorkerLimits) {
    this.#limits = limits
    const flags = nodeFlags([`${files.runtime}/`, files.child])
    this.#child = spawn(process.execPath, [...flags, files.child, files.runtime], {
      env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
      cwd: files.runtime,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    })
    this.pid = this.#child.pid
    this.ready = new Promise((resolve) => {
      this.#settleReady = resolve
    })
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#end(error.message)
        resolve()
      })
      this.#child.once('exit', (code, signal) => {
        this.#end(`the process ended with ${signal ?? `code ${code}`}`)
        resolve()
      })
    })
    this.#child.stdin!.on('error', () => {})
    this.#child.stdout!.on('data', (chunk: Buffer) => this.#receive(chunk))
    const timer = setTimeout(() => this.kill('it did not start in time'), startLimit)
    timer.unref()
    void this.ready.then(() => clearTimeout(timer))
    this.#write({ token: this.#token, memoryLimit: limits.memoryLimit, harness: files.harness })
    this.hold(false)
  }

  /** True while the interpreter loads. */
  get isStarting(): boolean {
    return !this.#isReady && !this.dead
  }

  /** True when a check can be given to it now. */
  get isIdle(): boolean {
    return this.#isReady && !this.dead && this.#pending === null
  }

  /** Whether the child keeps this process alive. */
  hold(on: boolean): void {
    const handles = [this.#child, this.#child.stdin as Socket, this.#child.stdout as Socket]
    for (const handle of handles) on ? handle.ref() : handle.unref()
  }

  /** Runs one check. The worker must be idle. Never rejects; null when the process was lost meanwhile. */
  check({ sources, response, mode }: WorkerRequest): Promise<PythonOutcome | null> {
    const id = ++this.#count
    const limit = this.#limits.timeLimit * sources.length
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#overdue(id, limit), limit)
      this.#pending = { id, timer, resolve }
      this.hold(true)
      const key = JSON.stringify([mode, sources])
      this.#write({ id, token: this.#token, limit, key, request: JSON.stringify({ sources, response, mode }) })
    })
  }

  /** Kills the process and waits for its end. */
  async kill(reason: string): Promise<void> {
    this.#end(reason)
    this.#child.kill('SIGKILL')
    this.hold(true)
    await this.ended
  }

  #overdue(id: number, limit: number): void {
    // This process may have been busy itself: a reply that has arrived meanwhile is read first.
    setImmediate(() => {
      if (this.#pending?.id !== id) return
      const pending = this.#take()
      void this.kill('a check took too long')
      pending?.resolve({ kind: 'error', error: `no result within ${limit / 1000} s`, reason: 'timeout' })
    })
  }

  #receive(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.#rest.push(chunk.subarray(start, end))
      const line = Buffer.concat(this.#rest).toString('utf8')
      this.#rest = []
      this.#restLength = 0
      start = end + 1
      if (!this.dead) this.#readLine(line)
    }
    this.#rest.push(chunk.subarray(start))
    this.#restLength += chunk.length - start
    if (this.#restLength > longestLine) void this.kill('it wrote too much')
  }

  #readLine(line: string): void {
    const value = tolerantJson(line)
    if (!this.#isReady) {
      const ready = ReadyLine.safeParse(value)
      if (!ready.success || ready.data.token !== this.#token) {
        void this.kill(`expected a ready line, got ${line.slice(0, 200)}`)
        return
      }
      this.#isReady = true
      this.#settleReady(ready.data.python)
      return
    }
    const reply = ReplyLine.safeParse(value)
    if (!reply.success || reply.data.token !== this.#token || reply.data.id !== this.#pending?.id) {
      void this.kill('it wrote a line that is no reply')
      return
    }
    this.#settle(reply.data)
  }

  #settle({ reply, failure, size }: ReplyLine): void {
    const pending = this.#take()!
    if (reply === undefined) {
      void this.kill('the interpreter failed')
      const error = `the interpreter failed: ${failure ?? 'no reason given'}`
      pending.resolve({ kind: 'error', error, reason: 'crash' })
      return
    }
    const outcome = readOutcome(reply)
    const ranOut = outcome.kind === 'error' && outcome.reason === 'memory'
    if (ranOut || size > this.#limits.recycleAbove) void this.kill('its memory had grown')
    pending.resolve(outcome)
  }

  #take(): Pending | null {
    const pending = this.#pending
    this.#pending = null
    if (pending) clearTimeout(pending.timer)
    this.hold(false)
    return pending
  }

  #end(reason: string): void {
    if (this.dead) return
    this.dead = true
    this.problem = reason
    this.#settleReady(null)
    this.#take()?.resolve(null)
  }

  #write(value: object): void {
    this.#child.stdin!.write(`${JSON.stringify(value)}\n`)
  }
}

function tolerantJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
