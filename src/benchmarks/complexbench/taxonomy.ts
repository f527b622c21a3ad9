/** Constraint types by dimension. The spellings are upstream's, `Utillity` included. */
const typeOfDimension: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Lexical: ['Word Matching', 'Keywords'],
    Structure: [
      'JSON Format',
      'Markdown Format',
      'Bullets Format',
      'Length',
      'Start with',
      'End with',
      'Punctuation',
      'Template',
    ],
    Semantic: ['Language Style', 'Personalization', 'Topic', 'Sentiment'],
    Utillity: ['Helpfulness', 'Target Language', 'Supportiveness', 'Consistency', 'Factuality'],
  }).flatMap(([type, dimensions]) => dimensions.map((dimension) => [dimension, type] as const)),
)

/** Constraint type of a dimension; `Others` for any that upstream does not list. */
export function constraintType(dimension: string): string {
  return typeOfDimension.get(dimension) ?? 'Others'
}

const categories: ReadonlySet<string> = new Set([
  'And',
  'Chain_1',
  'Chain_2',
  'Selection_1',
  'Selection_2',
  'Selection_3',
  'Selection_and_Chain_2',
  'Selection_and_Chain_3',
])

const taskTypes: ReadonlySet<string> = new Set([
  'Fundamental Language Ability',
  'Advanced Chinese Understanding',
  'Open-ended Questions',
  'Practical Writing',
  'Creative Writing',
  'Professional Writing',
  'Custom Writing',
  'Logical Reasoning',
  'Task-oriented Role Play',
  'Professional Knowledge',
])

/**
 * What is unusual about an item's labels. Unknown ones are a warning, not an error: the known values were reported by
 * third parties, and upstream scores any.
 */
export function unknownLabels(category: string, taskType: string): string[] {
  return [
    ...(categories.has(category) ? [] : [`Unknown category \`${category}\` in the ComplexBench data`]),
    ...(taskTypes.has(taskType) ? [] : [`Unknown task type \`${taskType}\` in the ComplexBench data`]),
  ]
}

/** The part of a category before its first `_`: upstream puts `Selection_and_Chain_*` under `Selection` with it. */
export function officialFamily(category: string): string {
  return category.split('_', 1)[0]!
}

/** A category without its depth: `Selection_and_Chain_2` is `Selection_and_Chain`. */
export function exactFamily(category: string): string {
  return category.replace(/_\d+$/, '')
}

/** Depth class of a category: the number at its end, 3 stands for 3 or more; 1 where it has none (And). */
export function nestingDepth(category: string): string {
  return /_(\d+)$/.exec(category)?.[1] ?? '1'
}

/** True when compositions are nested in each other: depth class 2 or 3. */
export function isNested(category: string): boolean {
  return Number(nestingDepth(category)) >= 2
}
