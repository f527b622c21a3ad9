import type { PickleMachine } from './pickle-machine.ts'
import type { PickleValue } from './pickle-value.ts'

/** The list on top of the stack. */
export function listOf(machine: PickleMachine): PickleValue[] {
  const value = machine.top()
  if (Array.isArray(value)) return value
  throw machine.broken('a list')
}

/** The dict on top of the stack. */
export function dictOf(machine: PickleMachine): Map<string | number, PickleValue> {
  const value = machine.top()
  if (value instanceof Map) return value
  throw machine.broken('a dict')
}

/** Sets keys and values that alternate in `pairs`. */
export function setItems(
  machine: PickleMachine,
  dict: Map<string | number, PickleValue>,
  pairs: readonly PickleValue[],
): void {
  if (pairs.length % 2 !== 0) throw machine.broken('as many keys as values')
  for (let index = 0; index < pairs.length; index += 2) {
    const key = pairs[index]
    if (typeof key !== 'string' && typeof key !== 'number') throw machine.broken('a string or number as key')
    dict.set(key, pairs[index + 1]!)
  }
}
