/** A class by name, with `NEWOBJ` and `BUILD`. */
export class Instance {
  readonly module: string
  readonly name: string
  readonly attributes: ReadonlyMap<string, Writable>

  constructor(module: string, name: string, attributes: Readonly<Record<string, Writable>>) {
    this.module = module
    this.name = name
    this.attributes = new Map(Object.entries(attributes))
  }
}

/** A call of a function with strings, by `REDUCE`. */
export class Call {
  readonly module: string
  readonly name: string
  readonly args: readonly string[]

  constructor(module: string, name: string, args: readonly string[]) {
    this.module = module
    this.name = name
    this.args = args
  }
}

export class Tuple {
  readonly items: readonly Writable[]

  constructor(items: readonly Writable[]) {
    this.items = items
  }
}

export type Writable =
  | null
  | number
  | string
  | Tuple
  | Instance
  | Call
  | readonly Writable[]
  | ReadonlyMap<string, Writable>

/** dill's form of Python's `...`. */
export const dillEllipsis = new Call('dill._dill', '_eval_repr', ['Ellipsis'])

/** Protocol 4 bytes of a value, as CPython's pickler lays them out: memoised strings, one frame. */
export function writePickle(value: Writable): Uint8Array {
  const body = new Body()
  body.write(value)
  body.bytes.push(0x2e)
  const head = new DataView(new ArrayBuffer(11))
  head.setUint16(0, 0x8004)
  head.setUint8(2, 0x95)
  head.setBigUint64(3, BigInt(body.bytes.length), true)
  return Uint8Array.from([...new Uint8Array(head.buffer), ...body.bytes])
}

class Body {
  readonly bytes: number[] = []
  readonly #memo = new Map<string, number>()
  #memoised = 0

  write(value: Writable): void {
    if (value === null) this.bytes.push(0x4e)
    else if (typeof value === 'number') this.#number(value)
    else if (typeof value === 'string') this.#text(value)
    else if (value instanceof Tuple) this.#tuple(value.items)
    else if (value instanceof Call) this.#call(value)
    else if (value instanceof Instance) this.#instance(value)
    else if (value instanceof Map) this.#dict(value)
    else this.#list(value as readonly Writable[])
  }

  #number(value: number): void {
    if (value >= 0 && value < 0x100) this.bytes.push(0x4b, value)
    else if (value >= 0 && value < 0x10000) this.bytes.push(0x4d, value & 0xff, value >> 8)
    else this.#code(0x4a, value >>> 0)
  }

  #text(text: string): void {
    if (this.#recall(`text ${text}`)) return
    const utf8 = new TextEncoder().encode(text)
    if (utf8.length < 0x100) this.bytes.push(0x8c, utf8.length)
    else this.#code(0x58, utf8.length)
    for (const byte of utf8) this.bytes.push(byte)
    this.#memoise(`text ${text}`)
  }

  #tuple(items: readonly Writable[]): void {
    if (items.length > 3) this.bytes.push(0x28)
    for (const item of items) this.write(item)
    this.bytes.push([0x29, 0x85, 0x86, 0x87][items.length] ?? 0x74)
    if (items.length > 0) this.#memoise()
  }

  #list(items: readonly Writable[]): void {
    this.bytes.push(0x5d)
    this.#memoise()
    if (items.length === 0) return
    if (items.length > 1) this.bytes.push(0x28)
    for (const item of items) this.write(item)
    this.bytes.push(items.length > 1 ? 0x65 : 0x61)
  }

  #dict(entries: ReadonlyMap<string, Writable>): void {
    this.bytes.push(0x7d)
    this.#memoise()
    if (entries.size === 0) return
    if (entries.size > 1) this.bytes.push(0x28)
    for (const [key, value] of entries) {
      this.write(key)
      this.write(value)
    }
    this.bytes.push(entries.size > 1 ? 0x75 : 0x73)
  }

  #global(module: string, name: string): void {
    const key = `global ${module}.${name}`
    if (this.#recall(key)) return
    this.#text(module)
    this.#text(name)
    this.bytes.push(0x93)
    this.#memoise(key)
  }

  #instance({ module, name, attributes }: Instance): void {
    this.#global(module, name)
    this.bytes.push(0x29, 0x81)
    this.#memoise()
    this.#dict(attributes)
    this.bytes.push(0x62)
  }

  #call({ module, name, args }: Call): void {
    this.#global(module, name)
    this.#tuple(args)
    this.bytes.push(0x52)
    this.#memoise()
  }

  #recall(key: string): boolean {
    const number = this.#memo.get(key)
    if (number === undefined) return false
    if (number < 0x100) this.bytes.push(0x68, number)
    else this.#code(0x6a, number)
    return true
  }

  #memoise(key?: string): void {
    this.bytes.push(0x94)
    if (key !== undefined) this.#memo.set(key, this.#memoised)
    this.#memoised += 1
  }

  #code(opcode: number, argument: number): void {
    this.bytes.push(opcode, argument & 0xff, (argument >>> 8) & 0xff, (argument >>> 16) & 0xff, argument >>> 24)
  }
}
