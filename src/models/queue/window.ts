import { onAbort } from '../http/abort-fan-out.ts'

const open = Promise.resolve()

/** Counts calls between taking in and answering, and makes their source wait while there are too many. */
export class Window {
  readonly #limit: number
  #size = 0
  #waiting: (() => void)[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#size
  }

  enter(): void {
    this.#size += 1
  }

  leave(): void {
    this.#size -= 1
    if (this.#waiting.length > 0 && this.#size < this.#limit) this.#waiting.shift()!()
  }

  /** Resolves when there is room, or when the signal fires. */
  room(signal?: AbortSignal): Promise<void> {
    return this.#size < this.#limit ? open : this.#waitForRoom(signal)
  }

  async #waitForRoom(signal: AbortSignal | undefined): Promise<void> {
    while (this.#size >= this.#limit && !signal?.aborted) await this.#change(signal)
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      let release: () => void = () => undefined
      const wake = () => {
        release()
        resolve()
      }
      this.#waiting.push(wake)
      if (!signal) return
      release = onAbort(signal, () => {
        this.#waiting = this.#waiting.filter((each) => each !== wake)
        resolve()
      })
    })
  }
}
