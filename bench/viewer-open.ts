import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeLargeRun } from './_large-run.ts'
import type { PerformanceBench } from './run.ts'

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const megabytes = Number(process.env.VIEWER_MEGABYTES ?? 200)

/** How fast the viewer shows its first page over a large run, and how much memory it takes. VIEWER_MEGABYTES sets the size. */
export default {
  name: 'viewer: open a large run',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'heed-viewer-'))
    try {
      const { responses, bytes } = writeLargeRun(join(folder, 'run'), megabytes)
      return [{ megabytes: bytes / 1e6, responses, ...(await measure(join(folder, 'run'))) }]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
} satisfies PerformanceBench

async function measure(folder: string): Promise<Record<string, number>> {
  const start = performance.now()
  const child = spawn(process.execPath, [program, 'view', folder, '--json'], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const { url } = JSON.parse(await firstLine(child.stdout)) as { url: string }
    const ask = async <Answer>(path: string) => (await fetch(`${url}${path}`)).json() as Promise<Answer>
    let first: { rows: unknown[] }
    do first = await ask('api/rows?run=0&count=60')
    while (first.rows.length < 60)
    await ask('api/item?run=0&row=0')
    const openSeconds = (performance.now() - start) / 1000
    let state: { progress: { isComplete: boolean }[] }
    do {
      await new Promise((resolve) => setTimeout(resolve, 200))
      state = await ask('api/state')
    } while (!state.progress[0]!.isComplete)
    const indexSeconds = (performance.now() - start) / 1000
    const searchStart = performance.now()
    for (let next: number | null = 0; next !== null; ) {
      const page: { next: number | null } = await ask(`api/rows?run=0&text=not+to+be+found&from=${next}`)
      next = page.next
    }
    const searchSeconds = (performance.now() - searchStart) / 1000
    return { openSeconds, indexSeconds, searchSeconds, peakMegabytes: peakMemory(child.pid!) }
  } finally {
    child.kill()
  }
}

/** Peak resident memory of a process, where the system tells. */
function peakMemory(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
  } catch {
    return Number.NaN
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text
}
