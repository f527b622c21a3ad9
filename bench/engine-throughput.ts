import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loggedRun } from './_logged-contender.ts'
import { bareUndici, type Contender, ourQueue, plainSdk } from './_throughput-contenders.ts'

const concurrency = 256
const rounds = 3
/** Calls of one round: a second or two each. */
const loads = [
  { latencyMs: 0, calls: 6000 },
  { latencyMs: 100, calls: 4000 },
] as const

const contenders: readonly Contender[] = [bareUndici, plainSdk, ourQueue, loggedRun]

/** Starts the mock server in a process of its own. */
async function startServer(latencyMs: number): Promise<{ baseUrl: string; child: ChildProcess }> {
  const child = fork(fileURLToPath(new URL('./_mock-server.ts', import.meta.url)), [String(latencyMs)])
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', (code) => reject(new Error(`The mock server ended with ${code}`)))
  })
  return { baseUrl: `http://127.0.0.1:${port}/v1`, child }
}

/** Calls per second of each contender, and its CPU time per call: medians over rounds in turn. */
async function measure(load: (typeof loads)[number]) {
  const { baseUrl, child } = await startServer(load.latencyMs)
  const started = await Promise.all(
    contenders.map(async (contender) => ({
      contender,
      ...(await contender.start(baseUrl, concurrency)),
      rates: [] as number[],
      cpu: [] as number[],
    })),
  )
  for (const { run } of started) await run(2000)
  for (let round = 0; round < rounds; round += 1) {
    for (const { run, rates, cpu } of started) {
      const usage = process.cpuUsage()
      const begun = performance.now()
      await run(load.calls)
      rates.push((load.calls / (performance.now() - begun)) * 1000)
      const used = process.cpuUsage(usage)
      cpu.push((used.user + used.system) / load.calls)
    }
  }
  for (const { stop } of started) await stop()
  child.disconnect()
  const rateOf = (contender: Contender) => median(started.find((each) => each.contender === contender)!.rates)
  return started.map(({ contender, rates, cpu }) => ({
    latency: `${load.latencyMs} ms`,
    contender: contender.name,
    'calls/s': median(rates),
    'CPU µs/call': median(cpu),
    'of undici': `${Math.round((median(rates) / rateOf(bareUndici)) * 100)} %`,
    'of the SDK': `${Math.round((median(rates) / rateOf(plainSdk)) * 100)} %`,
  }))
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

export default {
  name: `Engine throughput, concurrency ${concurrency}`,
  async run() {
    const rows = []
    for (const load of loads) rows.push(...(await measure(load)))
    return rows
  },
}
