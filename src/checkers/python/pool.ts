import type { PythonOutcome } from '../scoring-context.ts'
import type { SandboxFiles } from './sandbox-files.ts'
import { Worker, type WorkerLimits, type WorkerRequest } from './worker.ts'

/** How many child processes a pool has, and their limits. */
export interface PoolOptions extends WorkerLimits {
  /** Child processes at most. The second starts when a check has waited for a while. */
  readonly workers: number
}

/** A further child process is started when a check has waited this long, in milliseconds. */
const patience = 200
/** Starts in a row that may fail before the pool gives up. */
const startsThatMayFail = 3

interface Job {
  readonly request: WorkerRequest
  readonly resolve: (outcome: PythonOutcome) => void
  /** True when a process was lost over it already. */
  readonly isSecondTry: boolean
}

/** Child processes behind one queue. None keeps this process alive unless a check waits for it. */
export class SandboxPool {
  readonly #files: SandboxFiles
  readonly #options: PoolOptions
  readonly #workers = new Set<Worker>()
  readonly #queue: Job[] = []
  #failedStarts = 0
  #problem = ''
  #growth: NodeJS.Timeout | null = null
  #closed = false
  readonly #onExit = () => {
    for (const worker of this.#workers) void worker.kill('the process ends')
  }

  constructor(files: SandboxFiles, options: PoolOptions) {
    this.#files = files
    this.#options = options
    process.once('exit', this.#onExit)
  }

  /** Process ids of the living child processes. */
  get pids(): number[] {
    return [...this.#workers].flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  }

  /** Starts the first child process, if there is none. Returns at once. */
  warm(): void {
    if (this.#workers.size === 0 && !this.#closed) this.#start()
  }

  /** Runs one check when its turn comes. Never rejects. */
  check(request: WorkerRequest): Promise<PythonOutcome> {
    if (this.#closed) return Promise.resolve(crash('the sandbox is closed'))
    return new Promise((resolve) => {
      this.#queue.push({ request, resolve, isSecondTry: false })
      this.#dispatch()
    })
  }

  /** Kills all child processes and waits for their end; checks that wait become errors. */
  async close(): Promise<void> {
    this.#closed = true
    process.removeListener('exit', this.#onExit)
    if (this.#growth) clearTimeout(this.#growth)
    this.#fail('the sandbox is closed')
    await Promise.all([...this.#workers].map((worker) => worker.kill('the sandbox is closed')))
    this.#workers.clear()
  }

  #start(): void {
    const worker = new Worker(this.#files, this.#options)
    this.#workers.add(worker)
    if (this.#queue.length > 0) worker.hold(true)
    void worker.ended.then(() => {
      this.#workers.delete(worker)
      this.#dispatch()
    })
    void worker.ready.then((python) => {
      if (python === null) {
        this.#failedStarts += 1
        this.#problem = worker.problem
        this.#workers.delete(worker)
      } else {
        this.#failedStarts = 0
        worker.hold(false)
      }
      this.#dispatch()
    })
  }

  #dispatch(): void {
    if (this.#closed) return
    for (const worker of this.#workers) {
      if (this.#queue.length === 0) break
      if (worker.isIdle) this.#give(worker, this.#queue.shift()!)
    }
    if (this.#queue.length === 0) return
    if (this.#failedStarts >= startsThatMayFail) {
      this.#fail(`the sandbox does not start: ${this.#problem}`)
      return
    }
    if (this.#workers.size === 0) this.#start()
    else if (this.#canGrow()) this.#growSoon()
    for (const worker of this.#workers) worker.hold(true)
  }

  #give(worker: Worker, { request, resolve, isSecondTry }: Job): void {
    void worker.check(request).then((outcome) => {
      if (worker.dead) {
        this.#workers.delete(worker)
        // The next child loads while the run goes on, also when nothing waits for it yet.
        if (!this.#closed && this.#workers.size === 0) this.#start()
      }
      if (outcome) resolve(outcome)
      // Somebody else may have ended the process (the system, short of memory): the check is given one more chance.
      else if (isSecondTry || this.#closed) resolve(crash(`the sandbox was lost: ${worker.problem}`))
      else this.#queue.unshift({ request, resolve, isSecondTry: true })
      this.#dispatch()
    })
  }

  #growSoon(): void {
    this.#growth ??= setTimeout(() => {
      this.#growth = null
      if (!this.#closed && this.#queue.length > 0 && this.#canGrow()) this.#start()
    }, patience)
  }

  #canGrow(): boolean {
    return this.#workers.size < this.#options.workers && [...this.#workers].every(({ isStarting }) => !isStarting)
  }

  #fail(reason: string): void {
    for (const { resolve } of this.#queue.splice(0)) resolve(crash(reason))
  }
}

function crash(error: string): PythonOutcome {
  return { kind: 'error', error, reason: 'crash' }
}
