import { CallError } from './call-error.ts'
import { sleep } from './http/abort-fan-out.ts'

/** Waits between the tries of a check, in milliseconds. */
const waits = [500, 2000] as const

/** A server that is merely busy gets two more chances; one that is not there gets none. */
export async function probeWithPatience<T>(check: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const wait of waits) {
    try {
      return await check()
    } catch (error) {
      const isBusy = error instanceof CallError && (error.kind === 'server' || error.kind === 'rate-limit')
      if (!isBusy || signal.aborted) throw error
      await sleep(wait, signal)
    }
  }
  return check()
}
