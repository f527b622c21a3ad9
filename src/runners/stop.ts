/** Why a run stops before its end. */
export type StopReason = 'interrupt' | 'abort' | 'cost-limit' | 'fatal'

/** Thrown by the call door to leave an item unfinished; never recorded as a result. */
export class RunStopped extends Error {
  readonly reason: StopReason
  constructor(reason: StopReason) {
    super(`run stopped: ${reason}`)
    this.name = 'RunStopped'
    this.reason = reason
  }
}

/**
 * Stops a run in two steps: draining lets calls under way finish and starts no new one; aborting cancels those too. Both
 * leave a folder that can be resumed.
 */
export class StopSwitch {
  readonly #drained = new AbortController()
  readonly #aborted = new AbortController()
  #reason: StopReason | null = null
  #error: unknown = null

  /** Aborted when calls under way are to be cancelled. */
  get signal(): AbortSignal {
    return this.#aborted.signal
  }

  /** Aborted when no further call is to be started, and nobody is to wait for a retry. */
  get drainSignal(): AbortSignal {
    return this.#drained.signal
  }

  /** Null while the run goes on. */
  get reason(): StopReason | null {
    return this.#reason
  }

  /** What made the run stop, when it was an error. */
  get error(): unknown {
    return this.#error
  }

  drain(reason: StopReason, error: unknown = null): void {
    this.#reason ??= reason
    this.#error ??= error
    this.#drained.abort()
  }

  abort(): void {
    this.drain('abort')
    this.#aborted.abort()
  }

  throwIfStopped(): void {
    if (this.#reason) throw new RunStopped(this.#reason)
  }
}
