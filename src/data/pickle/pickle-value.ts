/** A class or function that a pickle names. It is only ever a name here: nothing is imported or called. */
export class PickleGlobal {
  readonly module: string
  readonly name: string

  constructor(module: string, name: string) {
    this.module = module
    this.name = name
  }
}

/** An instance of a named class with the attributes that the pickle gives it. */
export class PickleObject {
  readonly type: PickleGlobal
  /** Null until the pickle sets it. */
  attributes: ReadonlyMap<string | number, PickleValue> | null = null

  constructor(type: PickleGlobal) {
    this.type = type
  }
}

export class PickleTuple {
  readonly items: readonly PickleValue[]

  constructor(items: readonly PickleValue[]) {
    this.items = items
  }
}

/** Python's `...`. */
export const ellipsis: unique symbol = Symbol('Ellipsis')

/** Plain data that the reader makes. Lists and dicts may be shared, or hold themselves. */
export type PickleValue =
  | null
  | number
  | string
  | typeof ellipsis
  | PickleValue[]
  | PickleTuple
  | Map<string | number, PickleValue>
  | PickleGlobal
  | PickleObject
