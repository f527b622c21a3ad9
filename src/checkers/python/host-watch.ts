import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Traces that an escape would leave on the host. */
export interface HostTraces {
  /** Files that are not as they were. */
  readonly files: readonly string[]
  /** Connections that reached the listening port. */
  readonly connections: number
  /** Processes below this one that are none of the pool's; null where the process table cannot be read. */
  readonly strangers: readonly number[] | null
  /** Signals that this process got. */
  readonly signals: number
}

const signalName = 'SIGUSR2'

/** Canaries on the host: a folder with a secret, a listening port, a variable of the environment, a signal handler. */
export class HostWatch {
  readonly folder = mkdtempSync(join(tmpdir(), 'sandbox-canary-'))
  readonly secret = randomBytes(16).toString('hex')
  readonly variable = 'BENCH_SANDBOX_CANARY'
  port = 0
  #connections = 0
  #signals = 0
  readonly #server: Server
  readonly #onSignal = () => {
    this.#signals += 1
  }

  private constructor() {
    writeFileSync(join(this.folder, 'secret.txt'), this.secret)
    process.env[this.variable] = this.secret
    if (process.platform !== 'win32') process.on(signalName, this.#onSignal)
    this.#server = createServer((socket) => {
      this.#connections += 1
      socket.destroy()
    })
  }

  static async start(): Promise<HostWatch> {
    const watch = new HostWatch()
    await new Promise<void>((resolve) => watch.#server.listen(0, '127.0.0.1', resolve))
    const address = watch.#server.address()
    watch.port = typeof address === 'object' && address !== null ? address.port : 0
    return watch
  }

  /** What has happened since the last look. `own` are the processes of the pool. */
  takeTraces(own: readonly number[]): HostTraces {
    const names = readdirSync(this.folder)
    const isIntact =
      names.includes('secret.txt') && readFileSync(join(this.folder, 'secret.txt'), 'utf8') === this.secret
    const files = [...names.filter((name) => name !== 'secret.txt'), ...(isIntact ? [] : ['secret.txt'])]
    for (const name of files) rmSync(join(this.folder, name), { recursive: true, force: true })
    writeFileSync(join(this.folder, 'secret.txt'), this.secret)
    const [connections, signals] = [this.#connections, this.#signals]
    this.#connections = this.#signals = 0
    return { files, connections, strangers: strangersBelow(own), signals }
  }

  async stop(): Promise<void> {
    delete process.env[this.variable]
    process.removeListener(signalName, this.#onSignal)
    rmSync(this.folder, { recursive: true, force: true })
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

/** Descendants of this process, by the process table, without the given ones and without what lists them. */
function strangersBelow(own: readonly number[]): number[] | null {
  const parents = processTable()
  if (parents === null) return null
  const found: number[] = []
  const isBelow = (pid: number): boolean => {
    for (let at = parents.get(pid); at !== undefined && at > 1; at = parents.get(at)) {
      if (at === process.pid || own.includes(at)) return true
    }
    return false
  }
  for (const pid of parents.keys()) if (!own.includes(pid) && !known.has(pid) && isBelow(pid)) found.push(pid)
  return found
}

/** Children that this process had before the first attempt (a compiler service of a development run). */
const known = new Set<number>()

/** Takes the present children of this process for known ones. */
export function forgetPresentChildren(): void {
  for (const pid of strangersBelow([]) ?? []) known.add(pid)
}

function processTable(): Map<number, number> | null {
  if (process.platform === 'linux') {
    const parents = new Map<number, number>()
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        if (state !== 'Z') parents.set(Number(name), Number(parent))
      } catch {
        // Gone meanwhile.
      }
    }
    return parents
  }
  if (process.platform === 'win32') return null
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).trim().split('\n')
  return new Map(
    rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , command]) => command !== 'ps')
      .map(([pid, parent]) => [Number(pid), Number(parent)]),
  )
}
