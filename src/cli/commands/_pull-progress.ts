import { Presets, SingleBar } from 'cli-progress'
import { printableLine } from '../../core/printable.ts'
import type { PullEvent } from '../../data/pull-report.ts'
import { canDrawOnStderr, say } from '../output.ts'
import { byteSize } from './_byte-size.ts'

/** Shows on stderr how a pull goes: a bar on a terminal, plain lines every few seconds elsewhere. */
export interface PullProgress {
  readonly tell: (event: PullEvent) => void
  readonly stop: () => void
}

const lineEvery = 3000

export function pullProgress(): PullProgress {
  const state = { files: 0, done: 0, received: new Map<string, number>(), now: '', started: performance.now() }
  const bar = canDrawOnStderr()
    ? new SingleBar(
        {
          format: '{bar} {value}/{total} files | {bytes} | {rate} | {now}',
          stream: process.stderr,
          hideCursor: true,
          clearOnComplete: true,
        },
        Presets.shades_classic,
      )
    : null
  const payload = () => {
    const bytes = [...state.received.values()].reduce((sum, part) => sum + part, 0)
    const seconds = (performance.now() - state.started) / 1000
    return {
      bytes: byteSize(bytes),
      rate: `${byteSize(Math.round(bytes / Math.max(seconds, 0.001)))}/s`,
      now: state.now,
    }
  }
  const show = () => {
    const { bytes, rate, now } = payload()
    if (bar) bar.update(state.done, { bytes, rate, now })
    else say(`pull: ${state.done}/${state.files} files, ${bytes}, ${rate}, ${now}`)
  }
  const timer = bar ? undefined : setInterval(show, lineEvery)
  timer?.unref()

  const tell = (event: PullEvent): void => {
    switch (event.kind) {
      case 'plan':
        state.files = event.files
        bar?.start(event.files, 0, payload())
        return
      case 'waiting':
        state.now = `waiting for ${printableLine(event.holder, 60)}, which pulls ${event.dataset}`
        if (!bar) say(`pull: ${state.now}`)
        break
      case 'bytes':
        state.received.set(event.label, event.received)
        state.now = event.total === null ? event.label : `${event.label} of ${byteSize(event.total)}`
        break
      case 'retry':
        state.now = `${event.label}: ${printableLine(event.reason, 60)}, again in ${(event.delay / 1000).toFixed(1)} s`
        if (!bar) say(`pull: ${state.now}`)
        break
      case 'done':
        state.done += 1
        state.now = `${event.file.dataset}/${event.file.file}`
        if (event.file.outcome === 'installed') state.received.set(state.now, event.file.receipt?.bytes ?? 0)
        break
      default: {
        const never: never = event
        throw new TypeError(`Unknown event: ${String(never)}`)
      }
    }
    if (bar) show()
  }
  return {
    tell,
    stop() {
      clearInterval(timer)
      bar?.stop()
    },
  }
}
