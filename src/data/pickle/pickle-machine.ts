import type { DataError } from '../../core/errors.ts'
import type { ByteCursor } from './byte-cursor.ts'
import { PickleGlobal, type PickleValue } from './pickle-value.ts'

/** Which names a pickle may use, and what stands for a call of a function among them. */
export interface GlobalPolicy {
  /** Names of classes whose instances may be made (without arguments), as `module.name`. */
  readonly classes: ReadonlySet<string>
  /** Functions that may be called, with the plain value that stands for each allowed call; null refuses the call. */
  readonly functions: ReadonlyMap<string, (args: readonly PickleValue[]) => PickleValue | null>
}

/** Stack and memo of a pickle that is being read. Every access checks that there is something to take. */
export class PickleMachine {
  readonly cursor: ByteCursor
  readonly policy: GlobalPolicy
  readonly memo: PickleValue[] = []
  readonly #outer: PickleValue[][] = []
  #stack: PickleValue[] = []

  constructor(cursor: ByteCursor, policy: GlobalPolicy) {
    this.cursor = cursor
    this.policy = policy
  }

  push(value: PickleValue): void {
    this.#stack.push(value)
  }

  pop(): PickleValue {
    const value = this.#stack.pop()
    if (value === undefined) throw this.broken('a value on the stack')
    return value
  }

  top(): PickleValue {
    const value = this.#stack.at(-1)
    if (value === undefined) throw this.broken('a value on the stack')
    return value
  }

  mark(): void {
    this.#outer.push(this.#stack)
    this.#stack = []
  }

  /** Everything above the last mark. */
  popMark(): PickleValue[] {
    const outer = this.#outer.pop()
    if (!outer) throw this.broken('a mark on the stack')
    const values = this.#stack
    this.#stack = outer
    return values
  }

  /** Takes the last value, which must be the only one left. */
  finish(): PickleValue {
    const value = this.pop()
    if (this.#stack.length > 0 || this.#outer.length > 0) throw this.broken('one value at the end')
    return value
  }

  popGlobal(): PickleGlobal {
    const value = this.pop()
    if (value instanceof PickleGlobal) return value
    throw this.broken('a class or function')
  }

  /** The error for a pickle that contradicts itself. */
  broken(expected: string): DataError {
    return this.cursor.error('broken-pickle', `Expected ${expected} before byte ${this.cursor.offset}`)
  }
}
