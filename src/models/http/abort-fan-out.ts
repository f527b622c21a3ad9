/** What one signal has to call when it fires. */
interface FanOut {
  readonly callbacks: Set<() => void>
}

const fanOuts = new WeakMap<AbortSignal, FanOut>()

/**
 * Calls `callback` when the signal fires, at once if it has. Returns a function that takes the callback back.
 *
 * All calls of a run share one signal. Hundreds of listeners on it would make every add and remove walk a linked list;
 * here the signal has one listener and the callbacks are in a set.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback()
    return () => undefined
  }
  let fanOut = fanOuts.get(signal)
  if (!fanOut) {
    fanOut = { callbacks: new Set() }
    fanOuts.set(signal, fanOut)
    const { callbacks } = fanOut
    signal.addEventListener('abort', () => {
      for (const each of callbacks) each()
      callbacks.clear()
    })
  }
  const { callbacks } = fanOut
  callbacks.add(callback)
  return () => callbacks.delete(callback)
}

/** A longer delay would overflow the timer and fire at once. */
const longestTimer = 2 ** 31 - 1

/** Resolves after `ms`, or as soon as the signal fires; the caller looks at the signal. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      release()
      resolve()
    }
    let release: () => void = () => undefined
    const timer = setTimeout(finish, Math.min(ms, longestTimer))
    release = onAbort(signal, finish)
  })
}
