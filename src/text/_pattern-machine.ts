import type { Instruction } from './_pattern-program.ts'
import type { Anchor } from './_pattern-syntax.ts'
import { PatternError } from './pattern-error.ts'
import { isWordBoundary } from './word-boundary.ts'

/** A match: UTF-16 offsets of its start and end. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Steps that the searches over one text may take together. */
const maximumSteps = 16_000_000

/**
 * Simulates a program over a text with all threads in step, in order of priority (Thompson, Pike): the same matches as
 * backtracking, in time proportional to text length and program size for each search.
 */
export class PatternMachine {
  readonly #program: readonly Instruction[]
  readonly #text: string
  #steps = 0
  #current: Threads
  #following: Threads

  constructor(program: readonly Instruction[], text: string) {
    this.#program = program
    this.#text = text
    this.#current = new Threads(program.length)
    this.#following = new Threads(program.length)
  }

  /**
   * The leftmost match from `from` on.
   * @param mustAdvance an empty match at `from` itself does not count
   * @throws PatternError when the step budget is used up
   */
  search(from: number, mustAdvance: boolean): Span | null {
    let found: Span | null = null
    this.#current.clear()
    for (let position = from; ; ) {
      if (!found) this.#add(this.#current, 0, position, position, mustAdvance && position === from)
      if (this.#current.count === 0 && found) break
      const code = position < this.#text.length ? this.#text.codePointAt(position)! : -1
      const next = position + (code > 0xffff ? 2 : 1)
      found = this.#step(code, position, next, found, mustAdvance ? from : -1)
      const done = this.#current
      this.#current = this.#following
      this.#following = done
      done.clear()
      if (code < 0) break
      position = next
    }
    return found
  }

  /** Moves every thread over one character; a thread that has matched cuts off those of lower priority. */
  #step(code: number, position: number, next: number, best: Span | null, emptyForbidden: number): Span | null {
    const { instructions, starts, count } = this.#current
    for (let index = 0; index < count; index += 1) {
      const start = starts[index]!
      const instruction = this.#program[instructions[index]!]!
      if (instruction.kind === 'match') return { start, end: position }
      if (instruction.kind === 'character' && code >= 0 && instruction.test(code)) {
        this.#add(this.#following, instructions[index]! + 1, start, next, start === emptyForbidden && next === start)
      }
    }
    return best
  }

  #add(threads: Threads, instructionIndex: number, start: number, position: number, isEmptyForbidden: boolean): void {
    if (threads.has(instructionIndex)) return
    this.#steps += 1
    if (this.#steps > maximumSteps) throw new PatternError('matching the pattern takes too long on this text')
    const instruction = this.#program[instructionIndex]!
    switch (instruction.kind) {
      case 'jump':
        threads.mark(instructionIndex)
        this.#add(threads, instruction.to, start, position, isEmptyForbidden)
        return
      case 'split':
        threads.mark(instructionIndex)
        this.#add(threads, instruction.first, start, position, isEmptyForbidden)
        this.#add(threads, instruction.second, start, position, isEmptyForbidden)
        return
      case 'anchor':
        threads.mark(instructionIndex)
        if (this.#holds(instruction.anchor, position)) {
          this.#add(threads, instructionIndex + 1, start, position, isEmptyForbidden)
        }
        return
      case 'match':
        if (!isEmptyForbidden) threads.push(instructionIndex, start)
        return
      case 'character':
        threads.push(instructionIndex, start)
        return
      default: {
        const never: never = instruction
        throw new TypeError(`Unknown instruction: ${JSON.stringify(never)}`)
      }
    }
  }

  #holds(anchor: Anchor, position: number): boolean {
    const text = this.#text
    switch (anchor) {
      case 'start':
        return position === 0
      case 'absolute-end':
        return position === text.length
      case 'end':
        return position === text.length || (position === text.length - 1 && text.endsWith('\n'))
      case 'boundary':
        return isWordBoundary(text, position)
      case 'not-boundary':
        return text.length > 0 && !isWordBoundary(text, position)
      default: {
        const never: never = anchor
        throw new TypeError(`Unknown anchor: ${String(never)}`)
      }
    }
  }
}

/** Threads in order of priority, each instruction at most once. */
class Threads {
  count = 0
  readonly instructions: Int32Array
  readonly starts: Int32Array
  readonly #generation: Int32Array
  #now = 1

  constructor(size: number) {
    this.instructions = new Int32Array(size)
    this.starts = new Int32Array(size)
    this.#generation = new Int32Array(size)
  }

  has(instruction: number): boolean {
    return this.#generation[instruction] === this.#now
  }

  mark(instruction: number): void {
    this.#generation[instruction] = this.#now
  }

  push(instruction: number, start: number): void {
    this.mark(instruction)
    this.instructions[this.count] = instruction
    this.starts[this.count] = start
    this.count += 1
  }

  clear(): void {
    this.count = 0
    this.#now += 1
  }
}
