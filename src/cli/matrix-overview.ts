import cliProgress from 'cli-progress'
import { printableLine } from '../core/printable.ts'
import type { SharedQueues } from '../runners/shared-queues.ts'
import { canDrawOnStderr, forStderr } from './output.ts'
import type { Progress } from './progress.ts'
import type { MatrixRun } from './start-matrix.ts'

const barRefreshMs = 250
const lineRefreshMs = 5000

/** One overview of all runs of a matrix on stderr: one bar over all responses on a terminal, a line now and then elsewhere. */
export function startOverview(runs: readonly MatrixRun[], queues: SharedQueues): Progress {
  return canDrawOnStderr() ? startBar(runs, queues) : startLines(runs, queues)
}

function startBar(runs: readonly MatrixRun[], queues: SharedQueues): Progress {
  const bars = new cliProgress.MultiBar(
    {
      stream: process.stderr,
      format: '{bar} {value}/{total} {facts}',
      hideCursor: true,
      linewrap: false,
      barsize: 16,
      gracefulExit: false,
      emptyOnZero: true,
      fps: 10,
    },
    cliProgress.Presets.shades_grey,
  )
  const bar = bars.create(total(runs), 0, { facts: '' })
  const update = () => bar.update(done(runs), { facts: facts(runs, queues) })
  const timer = setInterval(update, barRefreshMs)
  return {
    say: (text) => bars.log(`${forStderr(text)}\n`),
    stop: () => {
      clearInterval(timer)
      update()
      bars.stop()
    },
  }
}

function startLines(runs: readonly MatrixRun[], queues: SharedQueues): Progress {
  const print = () => {
    process.stderr.write(`matrix ${done(runs)}/${total(runs)} responses, ${facts(runs, queues)}\n`)
  }
  const timer = setInterval(print, lineRefreshMs)
  timer.unref()
  return {
    say: (text) => void process.stderr.write(`${text}\n`),
    stop: () => {
      clearInterval(timer)
      print()
    },
  }
}

function progressOf({ prepared }: MatrixRun) {
  return prepared.options.meter.progress
}

function totalOf({ prepared }: MatrixRun): number {
  const { plans, settings } = prepared.options
  return plans.reduce((sum, { items }) => sum + items * settings.samples, 0)
}

function total(runs: readonly MatrixRun[]): number {
  return runs.reduce((sum, run) => sum + totalOf(run), 0)
}

function done(runs: readonly MatrixRun[]): number {
  return runs.reduce((sum, run) => sum + doneOf(run), 0)
}

function doneOf(run: MatrixRun): number {
  return progressOf(run).reduce((sum, progress) => sum + progress.done, 0)
}

function facts(runs: readonly MatrixRun[], queues: SharedQueues): string {
  const finished = runs.filter((run) => doneOf(run) >= totalOf(run)).length
  const active = runs.filter((run) => doneOf(run) > 0 && doneOf(run) < totalOf(run))
  const all = runs.flatMap((run) => progressOf(run))
  const sum = (field: 'callsMade' | 'callsFailed' | 'cost') => all.reduce((total, entry) => total + entry[field], 0)
  const inFlight = queues.stats.reduce((total, { inFlight }) => total + inFlight, 0)
  const names = active.map(({ prepared }) => printableLine(prepared.name, 24)).join(', ')
  return [
    `${finished}/${runs.length} runs done`,
    names === '' ? '' : `now ${names}`,
    `${sum('callsMade')} calls`,
    inFlight > 0 ? `${inFlight} in flight` : '',
    sum('cost') > 0 ? `$${sum('cost').toFixed(4)}` : '',
    sum('callsFailed') > 0 ? `${sum('callsFailed')} FAILED` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
