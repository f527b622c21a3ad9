import type { StopSwitch } from '../runners/stop.ts'
import { exitCodes } from './exit-codes.ts'

/**
 * Ctrl-C (and SIGTERM) stop a run in two steps: the first lets calls under way finish and starts no new one, the second
 * cancels them. A third leaves at once. Every way out leaves a run that can be resumed.
 */
export function onInterrupt(stop: StopSwitch, say: (text: string) => void): { release(): void } {
  let presses = 0
  const press = () => {
    presses += 1
    if (presses === 1) {
      stop.drain('interrupt')
      say('Interrupted: waiting for the calls under way. Press Ctrl-C again to cancel them.')
    } else if (presses === 2) {
      stop.abort()
      say('Cancelling the calls under way.')
    } else {
      process.exit(exitCodes.stopped)
    }
  }
  process.on('SIGINT', press)
  process.on('SIGTERM', press)
  return {
    release: () => {
      process.off('SIGINT', press)
      process.off('SIGTERM', press)
    },
  }
}
