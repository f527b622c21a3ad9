/** When a batch is full, and how many may be under way. */
export interface BatchLimits {
  readonly size: number
  readonly bytes: number
  /** How long the first of a batch waits for others, in milliseconds. */
  readonly ageMs: number
  readonly concurrency: number
}

/** The place that a batch has among those under way. */
export interface Place {
  /** Gives the place to others, while a batch waits before it is tried again. */
  leave(): void
  /** Waits for a place; batches that come back go before new ones. */
  take(): Promise<void>
}

interface Waiting<Input, Output> {
  readonly input: Input
  readonly bytes: number
  readonly resolve: (output: Output) => void
}

/**
 * Collects inputs of concurrent callers into batches by size, bytes and age. With all places taken inputs wait, and
 * grow into full batches meanwhile.
 */
export class MicroBatcher<Input, Output> {
  readonly #limits: BatchLimits
  readonly #run: (batch: readonly Input[], place: Place) => Promise<readonly Output[]>
  readonly #size: (input: Input) => number
  #waiting: Waiting<Input, Output>[] = []
  #active = 0
  readonly #returning: (() => void)[] = []
  readonly #place: Place = {
    leave: () => {
      this.#active -= 1
      this.#send()
    },
    take: () =>
      new Promise((resolve) => {
        this.#returning.push(resolve)
        this.#send()
      }),
  }
  #timer: NodeJS.Timeout | null = null

  /** @param run answers a batch with one output per input, in order; it must not throw */
  constructor(
    limits: BatchLimits,
    size: (input: Input) => number,
    run: (batch: readonly Input[], place: Place) => Promise<readonly Output[]>,
  ) {
    this.#limits = limits
    this.#size = size
    this.#run = run
  }

  /** Answers one input as part of some batch. */
  add(input: Input): Promise<Output> {
    return new Promise((resolve) => {
      this.#waiting.push({ input, bytes: this.#size(input), resolve })
      if (this.#waiting.length >= this.#limits.size) this.#send()
      else this.#timer ??= setTimeout(() => this.#expire(), this.#limits.ageMs)
    })
  }

  #expire(): void {
    this.#timer = null
    this.#send()
  }

  /** Sends what there are places for. */
  #send(): void {
    if (this.#timer) {
      clearTimeout(this.#timer)
      this.#timer = null
    }
    while (this.#active < this.#limits.concurrency) {
      const back = this.#returning.shift()
      if (!back && this.#waiting.length === 0) return
      this.#active += 1
      if (back) back()
      else void this.#answer(this.#take())
    }
  }

  #take(): Waiting<Input, Output>[] {
    let bytes = 0
    let count = 0
    for (const { bytes: more } of this.#waiting.slice(0, this.#limits.size)) {
      bytes += more
      if (count > 0 && bytes > this.#limits.bytes) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  async #answer(batch: readonly Waiting<Input, Output>[]): Promise<void> {
    const outputs = await this.#run(
      batch.map(({ input }) => input),
      this.#place,
    )
    this.#active -= 1
    for (const [index, { resolve }] of batch.entries()) resolve(outputs[index]!)
    this.#send()
  }
}
