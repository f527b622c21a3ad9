import { dictOf, listOf, setItems } from './opcode-steps.ts'
import type { PickleMachine } from './pickle-machine.ts'
import { PickleGlobal, PickleObject, PickleTuple } from './pickle-value.ts'

/** What one opcode does to the machine. */
export type Opcode = (machine: PickleMachine) => void

/** The opcodes that are read, by name, but for STOP, which ends the reading: what a protocol 4 pickle of plain data and plain instances needs. */
export const opcodes: ReadonlyMap<string, Opcode> = new Map<string, Opcode>([
  ['PROTO', proto],
  ['FRAME', frame],
  ['MARK', (machine) => machine.mark()],
  ['MEMOIZE', (machine) => void machine.memo.push(machine.top())],
  ['BINGET', (machine) => recall(machine, machine.cursor.byte())],
  ['LONG_BINGET', (machine) => recall(machine, machine.cursor.uint32())],
  ['NONE', (machine) => machine.push(null)],
  ['BININT', (machine) => machine.push(machine.cursor.int32())],
  ['BININT1', (machine) => machine.push(machine.cursor.byte())],
  ['BININT2', (machine) => machine.push(machine.cursor.uint16())],
  ['SHORT_BINUNICODE', (machine) => machine.push(machine.cursor.text(machine.cursor.byte()))],
  ['BINUNICODE', (machine) => machine.push(machine.cursor.text(machine.cursor.uint32()))],
  ['EMPTY_LIST', (machine) => machine.push([])],
  ['APPEND', append],
  ['APPENDS', appends],
  ['EMPTY_DICT', (machine) => machine.push(new Map())],
  ['SETITEM', setItem],
  ['SETITEMS', setSeveral],
  ['EMPTY_TUPLE', (machine) => machine.push(new PickleTuple([]))],
  ['TUPLE', (machine) => machine.push(new PickleTuple(machine.popMark()))],
  ['TUPLE1', (machine) => tuple(machine, 1)],
  ['TUPLE2', (machine) => tuple(machine, 2)],
  ['TUPLE3', (machine) => tuple(machine, 3)],
  ['STACK_GLOBAL', stackGlobal],
  ['NEWOBJ', newObject],
  ['BUILD', build],
  ['REDUCE', reduce],
])

function proto(machine: PickleMachine): void {
  const version = machine.cursor.byte()
  if (version !== 4) throw machine.cursor.error('refused-pickle', `Expected pickle protocol 4, got ${version}`)
}

function frame(machine: PickleMachine): void {
  const length = machine.cursor.uint64()
  if (length > BigInt(machine.cursor.remaining)) {
    const found = `${machine.cursor.remaining} are left at byte ${machine.cursor.offset}`
    throw machine.cursor.error('truncated-pickle', `Expected a frame of ${length} bytes, ${found}`)
  }
}

function recall(machine: PickleMachine, index: number): void {
  const value = machine.memo[index]
  if (value === undefined) throw machine.broken(`a remembered value with number ${index}`)
  machine.push(value)
}

function append(machine: PickleMachine): void {
  const value = machine.pop()
  listOf(machine).push(value)
}

function appends(machine: PickleMachine): void {
  const values = machine.popMark()
  const list = listOf(machine)
  for (const value of values) list.push(value)
}

function setItem(machine: PickleMachine): void {
  const value = machine.pop()
  const key = machine.pop()
  setItems(machine, dictOf(machine), [key, value])
}

function setSeveral(machine: PickleMachine): void {
  const pairs = machine.popMark()
  setItems(machine, dictOf(machine), pairs)
}

function tuple(machine: PickleMachine, size: number): void {
  const items = Array.from({ length: size }, () => machine.pop()).reverse()
  machine.push(new PickleTuple(items))
}

function stackGlobal(machine: PickleMachine): void {
  const name = machine.pop()
  const module = machine.pop()
  if (typeof name !== 'string' || typeof module !== 'string') throw machine.broken('two names')
  const { classes, functions } = machine.policy
  const asked = `${module}.${name}`
  if (!classes.has(asked) && !functions.has(asked)) {
    const known = [...classes, ...functions.keys()].join(', ')
    throw machine.cursor.error('refused-pickle', `Refused the global ${JSON.stringify(asked)}. Allowed: ${known}`)
  }
  machine.push(new PickleGlobal(module, name))
}

function newObject(machine: PickleMachine): void {
  const args = machine.pop()
  const type = machine.popGlobal()
  const isPlain = args instanceof PickleTuple && args.items.length === 0
  if (!isPlain || !machine.policy.classes.has(`${type.module}.${type.name}`)) {
    throw machine.broken('a class and no arguments')
  }
  machine.push(new PickleObject(type))
}

function build(machine: PickleMachine): void {
  const attributes = machine.pop()
  const object = machine.top()
  if (!(attributes instanceof Map) || !(object instanceof PickleObject) || object.attributes !== null) {
    throw machine.broken('a new instance and its attributes')
  }
  object.attributes = attributes
}

function reduce(machine: PickleMachine): void {
  const args = machine.pop()
  const { module, name } = machine.popGlobal()
  const standIn = machine.policy.functions.get(`${module}.${name}`)
  const value = args instanceof PickleTuple && standIn ? standIn(args.items) : null
  if (value === null)
    throw machine.cursor.error('refused-pickle', `Refused a call of ${JSON.stringify(`${module}.${name}`)}`)
  machine.push(value)
}
