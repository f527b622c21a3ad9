/** Calls that one turn of the event loop begins: about two milliseconds of work with their keys and bodies. */
const callsPerTurn = 16

/**
 * Spreads the beginnings of calls over the turns of the event loop. One flush of the log can set hundreds of items free
 * at once, each with several judge calls; if all were prepared in one go, no reply would be read meanwhile and the
 * endpoints would stand idle.
 *
 * Calls that score a response go before those that ask for new ones, so that what was begun is finished first; among
 * equals first come, first served.
 */
export class CallTurns {
  readonly #scoring = new Line()
  readonly #generating = new Line()
  #begun = 0
  #turnIsSet = false

  /** Undefined when the call may begin at once; otherwise resolves in the turn in which it may. */
  pass(line: 'scoring' | 'generating'): Promise<void> | undefined {
    if (!this.#turnIsSet) this.#setTurn()
    if (this.#begun < callsPerTurn) {
      this.#begun += 1
      return undefined
    }
    return (line === 'scoring' ? this.#scoring : this.#generating).wait()
  }

  #setTurn(): void {
    this.#turnIsSet = true
    setImmediate(() => {
      this.#turnIsSet = false
      this.#begun = 0
      while (this.#begun < callsPerTurn && (this.#scoring.next() || this.#generating.next())) this.#begun += 1
      if (this.#begun > 0) this.#setTurn()
    })
  }
}

class Line {
  #waiting: (() => void)[] = []
  #first = 0

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Lets the first go; false when nobody waits. */
  next(): boolean {
    const go = this.#waiting[this.#first++]
    if (go) {
      go()
      return true
    }
    this.#waiting = []
    this.#first = 0
    return false
  }
}
