import cliProgress from 'cli-progress'
import type { BenchmarkProgress, RunMeter } from '../runners/run-meter.ts'
import { canDrawOnStderr, forStderr } from './output.ts'

/** Figures of the queues, summed over the endpoints of a run. */
export interface QueueFigures {
  readonly inFlight: number
  readonly concurrency: number
  readonly retries: number
}

export interface Progress {
  /** Prints a line for people without tearing the bars. */
  say(text: string): void
  stop(): void
}

const barRefreshMs = 200
const lineRefreshMs = 5000

/**
 * Shows how a run is getting on: one bar per benchmark on a terminal that can move its cursor, a plain line every few seconds elsewhere. All of
 * it goes to stderr.
 */
export function startProgress(meter: RunMeter, queues: () => QueueFigures): Progress {
  return canDrawOnStderr() ? startBars(meter, queues) : startLines(meter, queues)
}

function startBars(meter: RunMeter, queues: () => QueueFigures): Progress {
  const rates = new RateBook()
  const bars = new cliProgress.MultiBar(
    {
      stream: process.stderr,
      format: barFormat(process.stderr.columns ?? 100),
      hideCursor: true,
      linewrap: false,
      barsize: 16,
      clearOnComplete: false,
      stopOnComplete: false,
      gracefulExit: false,
      emptyOnZero: true,
      fps: 10,
    },
    cliProgress.Presets.shades_grey,
  )
  const byName = new Map<string, cliProgress.SingleBar>()
  const update = () => {
    for (const progress of meter.progress) {
      if (progress.total === 0) continue
      let bar = byName.get(progress.benchmark)
      if (!bar) {
        bar = bars.create(progress.total, 0, {})
        byName.set(progress.benchmark, bar)
      }
      bar.setTotal(progress.total)
      bar.update(progress.done, { name: progress.benchmark.padEnd(14), facts: facts(progress, rates, queues()) })
    }
  }
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

/** Narrow terminals lose the bar first, then nothing: the line is cut by the terminal width. */
function barFormat(columns: number): string {
  return columns >= 90 ? '{name} {bar} {value}/{total} {facts}' : '{name} {value}/{total} {facts}'
}

function startLines(meter: RunMeter, queues: () => QueueFigures): Progress {
  const rates = new RateBook()
  const print = () => {
    for (const progress of meter.progress) {
      if (progress.total === 0) continue
      process.stderr.write(
        `${progress.benchmark} ${progress.done}/${progress.total} ${facts(progress, rates, queues())}\n`,
      )
    }
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

function facts(progress: BenchmarkProgress, rates: RateBook, queues: QueueFigures): string {
  const { callsMade, callsFromLog, callsFailed, inputTokens, outputTokens, cost } = progress
  const rate = rates.rate(progress)
  const left = progress.total - progress.done
  return [
    `${callsMade} calls`,
    rate.calls > 0 ? `${rate.calls.toFixed(1)}/s` : '',
    callsFromLog > 0 ? `${callsFromLog} from log` : '',
    inputTokens + outputTokens > 0 ? `${compact(inputTokens)}+${compact(outputTokens)} tokens` : '',
    cost > 0 ? `$${cost.toFixed(cost < 1 ? 4 : 2)}` : '',
    queues.concurrency > 0 ? `${queues.inFlight}/${queues.concurrency} in flight` : '',
    queues.retries > 0 ? `${queues.retries} retries` : '',
    callsFailed > 0 ? `${callsFailed} FAILED` : '',
    rate.done > 0 && left > 0 ? `ETA ${duration(left / rate.done)}` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** Rates over the last seconds, so that they follow a server that slows down. */
class RateBook {
  readonly #windowMs = 10_000
  readonly #marks = new Map<string, { at: number; calls: number; done: number }[]>()

  /** Calls and responses per second. */
  rate({ benchmark, callsMade, done }: BenchmarkProgress): { calls: number; done: number } {
    const now = performance.now()
    const marks = this.#marks.get(benchmark) ?? []
    marks.push({ at: now, calls: callsMade, done })
    while (marks.length > 2 && now - marks[0]!.at > this.#windowMs) marks.shift()
    this.#marks.set(benchmark, marks)
    const first = marks[0]!
    const seconds = (now - first.at) / 1000
    return seconds < 0.2
      ? { calls: 0, done: 0 }
      : { calls: (callsMade - first.calls) / seconds, done: (done - first.done) / seconds }
  }
}

function compact(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)}M`
  return count >= 1e4 ? `${Math.round(count / 1e3)}k` : String(count)
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)}s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes}m${String(Math.round(seconds % 60)).padStart(2, '0')}s`
    : `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`
}
