import { type CharacterTest, characterTest } from './_pattern-characters.ts'
import type { Anchor, PatternNode } from './_pattern-syntax.ts'
import { PatternError } from './pattern-error.ts'

/** One instruction of the matching machine; `next` and the like are indices into the program. */
export type Instruction =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  /** Goes on at both places, the first one with priority. */
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'match' }

/** Longest program; together with the step budget it bounds the time of a search. */
const maximumLength = 256

/** Compiles a syntax tree; counted repetitions are written out. Throws PatternError for a pattern too large. */
export function compileProgram(node: PatternNode, ignoreCase: boolean): readonly Instruction[] {
  const program: Instruction[] = []
  const push = (instruction: Instruction): number => {
    if (program.length >= maximumLength) throw new PatternError('the pattern is too large')
    program.push(instruction)
    return program.length - 1
  }
  emit(node)
  push({ kind: 'match' })
  return program

  function emit(part: PatternNode): void {
    switch (part.kind) {
      case 'character':
        push({ kind: 'character', test: characterTest(part.set, ignoreCase) })
        return
      case 'anchor':
        push({ kind: 'anchor', anchor: part.anchor })
        return
      case 'sequence':
        for (const child of part.parts) emit(child)
        return
      case 'choice':
        emitChoice(part.branches)
        return
      case 'repeat':
        emitRepeat(part)
        return
      default: {
        const never: never = part
        throw new TypeError(`Unknown pattern node: ${JSON.stringify(never)}`)
      }
    }
  }

  function emitChoice(branches: readonly PatternNode[]): void {
    const ends: { to: number }[] = []
    for (const [index, branch] of branches.entries()) {
      if (index === branches.length - 1) emit(branch)
      else {
        const split = { kind: 'split' as const, first: 0, second: 0 }
        push(split)
        split.first = program.length
        emit(branch)
        const jump = { kind: 'jump' as const, to: 0 }
        push(jump)
        ends.push(jump)
        split.second = program.length
      }
    }
    for (const jump of ends) jump.to = program.length
  }

  function emitRepeat({ body, minimum, maximum, isLazy }: Extract<PatternNode, { kind: 'repeat' }>): void {
    if (minimum > maximumLength) throw new PatternError('the pattern is too large')
    for (let index = 0; index < minimum; index += 1) emit(body)
    const leave: ((place: number) => void)[] = []
    const openSplit = (): void => {
      const split = { kind: 'split' as const, first: 0, second: 0 }
      push(split)
      if (isLazy) split.second = program.length
      else split.first = program.length
      leave.push((place) => {
        if (isLazy) split.first = place
        else split.second = place
      })
    }
    if (maximum === Number.POSITIVE_INFINITY) {
      const start = program.length
      openSplit()
      emit(body)
      push({ kind: 'jump', to: start })
    } else {
      for (let index = minimum; index < maximum; index += 1) {
        openSplit()
        emit(body)
      }
    }
    for (const close of leave) close(program.length)
  }
}
