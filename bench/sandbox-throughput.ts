import { readFileSync } from 'node:fs'
import { createPythonRunner, residentMemory, type SandboxedPython } from '../src/checkers/python/index.ts'

const secondsPerRow = 3
const clockTicks = 100

const answer = 'The quick brown fox jumps over the lazy dog near 12 wells. '.repeat(45)
const plain = `import re
def check_following(response):
    found = re.findall(r'\\b[wW]\\w+', response)
    return len(found) > 3 and len(response.split()) < 1000`

/** 200 different sources, as a run has them. */
const sources = Array.from({ length: 200 }, (_unused, index) => plain.replace('1000', String(1000 + index)))
/** Touches what it does not own, so that the interpreter's memory is restored after it. */
const touching = sources.map((source) => `${source}\ncheck_following.mark = 1`)

function snippet(source: string) {
  return { source, response: answer, mode: 'strict' } as const
}

/** CPU seconds of a child process so far; NaN where there is no process table in /proc. */
function childSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / clockTicks
  } catch {
    return Number.NaN
  }
}

async function rate(python: SandboxedPython, work: readonly string[]): Promise<{ perSecond: number; perCore: number }> {
  for (const source of work) await python.check(snippet(source))
  const pid = python.pids[0]!
  const [childBefore, own] = [childSeconds(pid), process.cpuUsage()]
  const started = performance.now()
  let checks = 0
  while (performance.now() - started < secondsPerRow * 1000) {
    // As in a run, several items wait for the sandbox at once.
    const outcomes = await Promise.all(work.slice(0, 50).map((source) => python.check(snippet(source))))
    if (outcomes.some(({ kind }) => kind !== 'value')) throw new Error('a check failed')
    checks += outcomes.length
  }
  const wall = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(own)
  const cpu = (user + system) / 1e6 + childSeconds(pid) - childBefore
  return { perSecond: checks / wall, perCore: checks / cpu }
}

export default {
  name: 'Python sandbox: checks on answers of 500 words',
  async run(): Promise<Record<string, number | string>[]> {
    const rows: Record<string, number | string>[] = []
    const one = createPythonRunner({ workers: 1 })
    let started = performance.now()
    await one.check(snippet(plain))
    rows.push({ figure: 'start to first result', value: Math.round(performance.now() - started), unit: 'ms' })
    for (const [name, work] of [
      ['plain snippets', sources],
      ['snippets whose traces are wiped', touching],
    ] as const) {
      const { perSecond, perCore } = await rate(one, work)
      rows.push({ figure: `${name}, one child, wall clock`, value: Math.round(perSecond), unit: 'checks/s' })
      rows.push({ figure: `${name}, per core (CPU of parent and child)`, value: Math.round(perCore), unit: 'checks/s' })
    }
    started = performance.now()
    const hanging = one.check(snippet('def check_following(response):\n    while True: pass'))
    const next = one.check(snippet(plain))
    await hanging
    rows.push({ figure: 'hanging snippet', value: Math.round(performance.now() - started), unit: 'ms' })
    await next
    rows.push({
      figure: 'until the check after it, with respawn',
      value: Math.round(performance.now() - started),
      unit: 'ms',
    })
    await one.close()

    const two = createPythonRunner({ workers: 2 })
    while (two.pids.length < 2) {
      await Promise.all(Array.from({ length: 2000 }, (_unused, index) => two.check(snippet(sources[index % 200]!))))
    }
    await Promise.all(Array.from({ length: 10_000 }, (_unused, index) => two.check(snippet(sources[index % 200]!))))
    const resident = two.pids.map((pid) => (residentMemory(pid) ?? Number.NaN) / 1e6)
    rows.push({
      figure: 'resident memory of two children after 12,000 checks',
      value: Math.round(resident.reduce((sum, one) => sum + one, 0)),
      unit: 'MB',
    })
    await two.close()
    return rows
  },
}
