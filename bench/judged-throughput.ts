import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type JudgedShape, runJudged } from './_judged-run.ts'
import { bareUndici } from './_throughput-contenders.ts'

const concurrency = 128
const latencyMs = 50
const rounds = 5
const shapes: readonly (JudgedShape & { readonly name: string })[] = [
  { name: '1 judge call an item', items: 1000, constraints: 1, extracts: false },
  { name: '5 judge calls an item', items: 1000, constraints: 5, extracts: false },
  { name: '2 extractions, 2 judge calls', items: 1000, constraints: 2, extracts: true },
]

async function startJudge(): Promise<{ baseUrl: string; child: ChildProcess }> {
  const child = fork(fileURLToPath(new URL('./_mock-server.ts', import.meta.url)), [String(latencyMs)])
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', (code) => reject(new Error(`The mock server ended with ${code}`)))
  })
  return { baseUrl: `http://127.0.0.1:${port}/v1`, child }
}

/** Waves of calls at full concurrency; an extraction adds one latency before the first judge call, no more. */
function idealSeconds({ items, constraints, extracts }: JudgedShape): number {
  const waves = Math.ceil((items * constraints) / concurrency)
  return ((waves + (extracts ? 1 : 0)) * latencyMs) / 1000
}

async function timed(shape: JudgedShape, baseUrl: string): Promise<{ seconds: number; cpu: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-judged-'))
  try {
    const usage = process.cpuUsage()
    const { seconds } = await runJudged(shape, baseUrl, concurrency, join(folder, 'run'))
    const { user, system } = process.cpuUsage(usage)
    const calls = shape.items * shape.constraints * (shape.extracts ? 2 : 1)
    return { seconds, cpu: (user + system) / calls }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same number of calls by bare undici, connections and all: what this machine gives at the moment. */
async function bareSeconds(calls: number, baseUrl: string): Promise<number> {
  const begun = performance.now()
  const { run, stop } = await bareUndici.start(baseUrl, concurrency)
  await run(calls)
  const seconds = (performance.now() - begun) / 1000
  await stop()
  return seconds
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

export default {
  name: `Judged runs of 1,000 items, judge of ${latencyMs} ms, concurrency ${concurrency}`,
  async run() {
    const { baseUrl, child } = await startJudge()
    try {
      const rows = []
      for (const shape of shapes) {
        await timed(shape, baseUrl)
        const judgeCalls = shape.items * shape.constraints
        await bareSeconds(judgeCalls, baseUrl)
        const found = []
        const bare: number[] = []
        for (let round = 0; round < rounds; round++) {
          found.push(await timed(shape, baseUrl))
          bare.push(await bareSeconds(judgeCalls, baseUrl))
        }
        const seconds = median(found.map((each) => each.seconds))
        const ideal = idealSeconds(shape)
        rows.push({
          run: shape.name,
          'ideal s': ideal,
          's, median': seconds,
          's, best': Math.min(...found.map((each) => each.seconds)),
          'of ideal': `${Math.round((ideal / seconds) * 100)} %`,
          'bare undici s': median(bare),
          'of bare undici': `${Math.round((median(bare) / seconds) * 100)} %`,
          'CPU µs/call': median(found.map((each) => each.cpu)),
        })
      }
      return rows
    } finally {
      child.disconnect()
    }
  },
}
