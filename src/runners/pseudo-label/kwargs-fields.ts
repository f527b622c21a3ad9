import type { SchemaElement } from 'hyparquet'
import { knownNamesHint } from '../../core/did-you-mean.ts'
import { DataError } from '../../core/errors.ts'

type Kind = 'text' | 'whole' | 'texts'

/**
 * Parameters of the rules as verl-if's data carry them: a struct with every parameter of every rule, null where it does
 * not apply. A field outside this list has no place in the Parquet layout.
 */
export const kwargsFields: Readonly<Record<string, Kind>> = {
  capital_frequency: 'whole',
  capital_relation: 'text',
  end_phrase: 'text',
  first_word: 'text',
  forbidden_words: 'texts',
  frequency: 'whole',
  keyword: 'text',
  keywords: 'texts',
  language: 'text',
  let_frequency: 'whole',
  let_relation: 'text',
  letter: 'text',
  nth_paragraph: 'whole',
  num_bullets: 'whole',
  num_highlights: 'whole',
  num_paragraphs: 'whole',
  num_placeholders: 'whole',
  num_sections: 'whole',
  num_sentences: 'whole',
  num_words: 'whole',
  postscript_marker: 'text',
  prompt_to_repeat: 'text',
  relation: 'text',
  section_spliter: 'text',
}

/**
 * One row's parameters with all fields.
 * @throws DataError `unknown-parameter` for one that has no place in the layout
 */
export function kwargsStruct(kwargs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const unknown = Object.keys(kwargs).find((name) => !Object.hasOwn(kwargsFields, name))
  if (unknown !== undefined) {
    throw new DataError('unknown-parameter', `Expected a parameter of IFEval's rules, got ${unknown}`, {
      hint: knownNamesHint(unknown, Object.keys(kwargsFields)),
    })
  }
  return Object.fromEntries(
    Object.entries(kwargsFields).map(([name, kind]) => {
      const value = kwargs[name] ?? null
      return [name, kind === 'whole' && value !== null ? BigInt(Math.trunc(Number(value))) : value]
    }),
  )
}

/** Schema of a text column or field. */
export function textElement(name: string): SchemaElement {
  return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }
}

/** Schema of a list of `element`, in the three levels that readers expect. */
export function listElements(name: string, ...element: readonly SchemaElement[]): SchemaElement[] {
  return [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ]
}

/** Schema of the list of structs. */
export function kwargsElements(name: string): SchemaElement[] {
  const fields = Object.entries(kwargsFields)
  return listElements(
    name,
    { name: 'element', repetition_type: 'OPTIONAL', num_children: fields.length },
    ...fields.flatMap(([field, kind]) => {
      if (kind === 'texts') return listElements(field, textElement('element'))
      if (kind === 'text') return [textElement(field)]
      return [{ name: field, type: 'INT64' as const, repetition_type: 'OPTIONAL' as const }]
    }),
  )
}
