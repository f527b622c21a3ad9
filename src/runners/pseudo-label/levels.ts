import type { SeedConstraint } from './seed.ts'

/**
 * Level k of an instruction: the task with its first k constraints, one a line. Level 0 is the task alone.
 */
export function levelPrompt(base: string, constraints: readonly SeedConstraint[], level: number): string {
  const asked = constraints.slice(0, level).map(({ text }) => text)
  return asked.length === 0 ? base : `${base}\n\n${asked.join('\n')}`
}
