import { type CollieClass, collieModule } from './collie-globals.ts'
import { ellipsis, PickleObject, PickleTuple, type PickleValue } from './pickle-value.ts'
import type { JsonMaker, PlainJson } from './plain-json.ts'

/** Makes the JSON form of pickled COLLIE constraints. */
export class ConstraintMaker {
  readonly #json: JsonMaker
  readonly #fail: (message: string) => Error

  /** @param fail makes the error for an object that is not what it must be */
  constructor(json: JsonMaker, fail: (message: string) => Error) {
    this.#json = json
    this.#fail = fail
  }

  /** A `Constraint`, or an `All` of them. */
  constraint(value: PickleValue, path: string, depth = 0): PlainJson {
    if (depth > 8) throw this.#fail(`Expected ${path} to be nested at most 8 deep`)
    const object = this.#object(value, ['Constraint', 'All'], path)
    if (object.type.name === 'All') {
      const parts = this.#attribute(object, 'callables', path)
      if (!(parts instanceof PickleTuple)) throw this.#fail(`Expected ${path}.callables to be a tuple`)
      const constraints = parts.items.map((part, index) => this.constraint(part, `${path}[${index}]`, depth + 1))
      return { type: 'All', constraints }
    }
    const [input, target, reduction] = ['input_level', 'target_level', 'reduction'].map((name) =>
      this.#attribute(object, name, path),
    )
    return {
      type: 'Constraint',
      input_level: this.#field(input!, 'InputLevel', 'level', path),
      target_level: this.#field(target!, 'TargetLevel', 'level', path),
      transformation: this.#transformation(this.#attribute(object, 'transformation', path), path),
      relation: this.#field(this.#attribute(object, 'relation', path), 'Relation', 'operand', path),
      reduction: this.#field(reduction!, 'Reduction', 'reduction', path),
      reduction_value: this.#field(reduction!, 'Reduction', 'value', path),
    }
  }

  #transformation(value: PickleValue, path: string, depth = 0): PlainJson {
    if (depth > 8) throw this.#fail(`Expected ${path} to hold transformations nested at most 8 deep`)
    const object = this.#object(value, ['Count', 'Position', 'ForEach'], path)
    switch (object.type.name) {
      case 'Count':
        return { type: 'Count', count_target: this.#json.make(this.#attribute(object, 'count_target', path), path) }
      case 'Position':
        return { type: 'Position', position: this.#json.make(this.#attribute(object, 'position', path), path) }
      default: {
        const func = this.#attribute(object, 'func', path)
        return { type: 'ForEach', func: func === ellipsis ? null : this.#transformation(func, path, depth + 1) }
      }
    }
  }

  #field(value: PickleValue, type: CollieClass, name: string, path: string): PlainJson {
    return this.#json.make(this.#attribute(this.#object(value, [type], path), name, path), `${path}.${name}`)
  }

  #object(value: PickleValue, types: readonly CollieClass[], path: string): PickleObject {
    const isExpected =
      value instanceof PickleObject &&
      value.type.module === collieModule &&
      types.some((type) => type === value.type.name)
    if (isExpected) return value
    const found = value instanceof PickleObject ? `a ${value.type.name}` : 'plain data'
    throw this.#fail(`Expected ${path} to hold a ${types.join(' or ')}, got ${found}`)
  }

  #attribute(object: PickleObject, name: string, path: string): PickleValue {
    const value = object.attributes?.get(name)
    if (value === undefined) throw this.#fail(`Expected ${path}: ${object.type.name} to have the attribute ${name}`)
    return value
  }
}
