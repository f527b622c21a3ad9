import { DataError } from '../../core/errors.ts'
import { ConstraintMaker } from './collie-constraint.ts'
import { type CollieStructure, collieStructures } from './collie-structures.ts'
import type { PickleValue } from './pickle-value.ts'
import { JsonMaker, type PlainJson } from './plain-json.ts'

/** One item of the pickle: the record of `collie_v1.jsonl`, and the older one-shot texts where it has them. */
export interface CollieEntry {
  readonly record: PlainJson
  readonly oneshot: PlainJson | null
}

/**
 * The items of the unpickled data set (`{ "<source>_<structure>": [item, ...] }`) in their order, with the fields and
 * values of `collie_v1.jsonl`. `prompt_index` numbers the different prompts by first appearance.
 * @throws DataError `not-collie` where the data have another shape
 */
export function* collieEntries(root: PickleValue, file: string): Generator<CollieEntry> {
  const fail = (message: string): DataError => new DataError('not-collie', message, { location: { file } })
  const json = new JsonMaker(fail)
  const constraints = new ConstraintMaker(json, fail)
  const promptIndices = new Map<string, number>()
  if (!(root instanceof Map)) throw fail('Expected a dict of subsets')
  for (const [key, items] of root) {
    const { source, structure } = splitKey(String(key), fail)
    if (!Array.isArray(items)) throw fail(`Expected subset ${key} to be a list`)
    for (const [index, item] of items.entries()) {
      const id = `${key}/${index}`
      if (!(item instanceof Map)) throw fail(`Expected ${id} to be a dict`)
      const field = (name: string): PickleValue => {
        const value = item.get(name)
        if (value === undefined) throw fail(`Expected ${id} to have the field ${name}`)
        return value
      }
      const text = (name: string): string => {
        const value = field(name)
        if (typeof value !== 'string') throw fail(`Expected ${id}: ${name} to be a string`)
        return value
      }
      const prompt = text('prompt')
      const promptIndex = promptIndices.get(prompt) ?? promptIndices.size
      promptIndices.set(prompt, promptIndex)
      const record = {
        id,
        key: String(key),
        index,
        source,
        structure: structure.code,
        name: structure.name,
        level: structure.level,
        prompt_index: promptIndex,
        prompt,
        constraint: constraints.constraint(field('constraint'), `${id}: constraint`),
        targets: json.make(field('targets'), `${id}: targets`),
        example: text('example'),
        metadata: json.make(field('metadata'), `${id}: metadata`),
      }
      const hasOneshot = item.has('oneshot_prompt') && item.has('oneshot_example')
      const oneshot = hasOneshot
        ? { id, oneshot_prompt: text('oneshot_prompt'), oneshot_example: text('oneshot_example') }
        : null
      yield { record, oneshot }
    }
  }
}

function splitKey(
  key: string,
  fail: (message: string) => DataError,
): { readonly source: string; readonly structure: CollieStructure } {
  const [source, code, ...rest] = key.split('_')
  const structure = collieStructures.find((known) => known.code === code)
  if (source && structure && rest.length === 0) return { source, structure }
  const known = collieStructures.map((candidate) => candidate.code).join(', ')
  throw fail(`Expected a subset <source>_<structure> with a structure of ${known}, got ${JSON.stringify(key)}`)
}
