import type { Instruction } from '../../checkers/instructions/definition.ts'
import { compileInstruction } from '../../checkers/instructions/registry.ts'
import type { DataLocation } from '../../core/errors.ts'
import type { IfevalRecord } from './schema.ts'

const compiled = new WeakMap<IfevalRecord, readonly Instruction[]>()

/**
 * The instructions of a record, ready to judge; made once per record.
 * @throws DataError `unknown-instruction`, `bad-parameters`, `bad-pattern`
 */
export function instructionsOf(record: IfevalRecord, location: DataLocation = {}): readonly Instruction[] {
  let instructions = compiled.get(record)
  if (!instructions) {
    instructions = record.instruction_id_list.map((id, index) => compileInstruction(id, record.kwargs[index], location))
    compiled.set(record, instructions)
  }
  return instructions
}
