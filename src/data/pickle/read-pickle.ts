import { ByteCursor } from './byte-cursor.ts'
import { opcodeNames } from './opcode-names.ts'
import { opcodes } from './opcodes.ts'
import { type GlobalPolicy, PickleMachine } from './pickle-machine.ts'
import type { PickleValue } from './pickle-value.ts'

/**
 * Reads a protocol 4 pickle of plain data without running any of it: a class is a name, an instance a name with
 * attributes, and the few allowed function calls are replaced by values of the policy.
 * @param file name for errors
 * @throws DataError `refused-pickle` for an opcode, global or call outside the allowed ones, by name;
 * `truncated-pickle` where bytes are missing; `broken-pickle` where the pickle contradicts itself
 */
export function readPickle(bytes: Uint8Array, policy: GlobalPolicy, file: string): PickleValue {
  const cursor = new ByteCursor(bytes, file)
  const machine = new PickleMachine(cursor, policy)
  if (bytes[0] !== 0x80) throw cursor.error('broken-pickle', 'Expected a pickle of protocol 2 or later')
  for (;;) {
    const offset = cursor.offset
    const code = cursor.byte()
    const name = opcodeNames.get(code) ?? `0x${code.toString(16).padStart(2, '0')}`
    if (name === 'STOP') break
    const run = opcodes.get(name)
    if (!run) {
      throw cursor.error('refused-pickle', `Refused the opcode ${name} at byte ${offset}`)
    }
    run(machine)
  }
  if (cursor.remaining > 0) throw cursor.error('broken-pickle', `Expected nothing after byte ${cursor.offset}`)
  return machine.finish()
}
