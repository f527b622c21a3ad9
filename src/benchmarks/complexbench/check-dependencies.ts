import { DataError, type DataLocation } from '../../core/errors.ts'

/**
 * Checks that every question depends on questions of its item, and never on itself, directly or through others.
 * @param dependencies positions that each question depends on, by position
 * @throws DataError `bad-dependency`
 */
export function checkDependencies(dependencies: readonly (readonly number[])[], locate: () => DataLocation): void {
  for (const [position, list] of dependencies.entries()) {
    const dangling = list.find((target) => !(target >= 0 && target < dependencies.length))
    if (dangling === undefined) continue
    throw bad(
      `Expected question ${position} to depend on questions 0 to ${dependencies.length - 1}, got ${dangling}`,
      locate,
    )
  }
  const done = new Set<number>()
  for (const start of dependencies.keys()) {
    const cycle = findCycle(dependencies, start, [], done)
    if (cycle) throw bad(`Expected dependencies without cycles, got ${cycle.join(' -> ')}`, locate)
  }
}

function findCycle(
  dependencies: readonly (readonly number[])[],
  position: number,
  path: readonly number[],
  done: Set<number>,
): readonly number[] | null {
  const from = path.indexOf(position)
  if (from !== -1) return [...path.slice(from), position]
  if (done.has(position)) return null
  for (const target of dependencies[position]!) {
    const cycle = findCycle(dependencies, target, [...path, position], done)
    if (cycle) return cycle
  }
  done.add(position)
  return null
}

function bad(message: string, locate: () => DataLocation): DataError {
  return new DataError('bad-dependency', message, { location: locate() })
}
