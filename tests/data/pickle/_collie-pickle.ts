import { dillEllipsis, Instance, Tuple, type Writable, writePickle } from './_pickle-writer.ts'

const module = 'collie.constraints'

type Json = null | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A record of `collie_v1.jsonl`. */
export type CollieJson = Readonly<Record<string, Json>>

/** The data set as upstream pickles it, made from its JSON records. */
export function collieRoot(records: readonly CollieJson[], oneshot: ReadonlyMap<string, CollieJson> = new Map()) {
  const root = new Map<string, Writable[]>()
  for (const record of records) {
    const key = String(record.key)
    const fields: [string, Writable][] = ['example', 'metadata', 'targets'].map((name) => [name, plain(record[name]!)])
    fields.push(['constraint', constraint(record.constraint as CollieJson)], ['prompt', plain(record.prompt!)])
    const extra = oneshot.get(String(record.id))
    if (extra) {
      for (const name of ['oneshot_example', 'oneshot_prompt']) fields.push([name, plain(extra[name]!)])
    }
    root.set(key, [...(root.get(key) ?? []), new Map(fields)])
  }
  return root
}

/** Pickle bytes of {@link collieRoot}. */
export function colliePickle(records: readonly CollieJson[], oneshot?: ReadonlyMap<string, CollieJson>): Uint8Array {
  return writePickle(collieRoot(records, oneshot))
}

/** One pickled constraint. */
export function constraint(json: CollieJson): Instance {
  if (json.type === 'All') {
    const parts = (json.constraints as readonly CollieJson[]).map(constraint)
    return new Instance(module, 'All', { callables: new Tuple(parts) })
  }
  return new Instance(module, 'Constraint', {
    input_level: new Instance(module, 'InputLevel', { level: plain(json.input_level!) }),
    target_level: new Instance(module, 'TargetLevel', { level: plain(json.target_level!) }),
    transformation: transformation(json.transformation as CollieJson),
    relation: new Instance(module, 'Relation', { operand: plain(json.relation!) }),
    reduction: new Instance(module, 'Reduction', {
      reduction: plain(json.reduction!),
      value: plain(json.reduction_value!),
    }),
  })
}

function transformation(json: CollieJson): Writable {
  if (json.type === 'Count') return new Instance(module, 'Count', { count_target: plain(json.count_target!) })
  if (json.type === 'Position') return new Instance(module, 'Position', { position: plain(json.position!) })
  const func = json.func === null ? dillEllipsis : transformation(json.func as CollieJson)
  return new Instance(module, 'ForEach', { func })
}

function plain(json: Json): Writable {
  if (json === null || typeof json !== 'object') return json
  if (Array.isArray(json)) return json.map(plain)
  return new Map(Object.entries(json).map(([key, value]) => [key, plain(value as Json)]))
}
