import { ruleFor } from '../../checkers/followbench/dispatch.ts'
import { type RuleLanguage, ruleLanguages } from '../../checkers/followbench/rule.ts'
import { type RuleId, ruleDefinition } from '../../checkers/followbench/rules.ts'
import { knownNamesHint } from '../../core/did-you-mean.ts'
import { UsageError } from '../../core/errors.ts'
import type { Item } from '../../core/item.ts'
import type { DataSource } from '../benchmark.ts'
import { type Group, groupRecords } from './_groups.ts'
import { type FileContext, type PlacedRecord, readRecords, recordError } from './_records.ts'
import { constraintsOf } from './constraints.ts'
import { type ConstraintType, type FollowBenchData, types } from './schema.ts'

/**
 * The items of one language in the order of upstream's files: type by type, group by group, levels 1 to 5.
 * @throws DataError naming file, record and id for anything that upstream's code could not score
 */
export async function* loadItems(source: DataSource): AsyncGenerator<Item<FollowBenchData>> {
  const language = languageOf(source.edition)
  for (const type of types) {
    const context: FileContext = { file: source.path(`${language}/${type}_constraints.json`), type }
    const groups = groupRecords(await readRecords(context), context, { allowsGaps: source.isSample })
    for (const group of groups) yield* itemsOf(group, language, context)
  }
}

/**
 * Language of an edition: the editions are named after it.
 * @throws UsageError `unknown-edition`
 */
export function languageOf(edition: string): RuleLanguage {
  const language = ruleLanguages.find((known) => known === edition)
  if (language) return language
  throw new UsageError('unknown-edition', `Unknown edition \`${edition}\` of followbench`, {
    hint: knownNamesHint(edition, ruleLanguages),
  })
}

/** Id of a group: unique over both editions, so that recorded responses of both fit in one file. */
export function groupId(language: RuleLanguage, type: ConstraintType, exampleId: number): string {
  return `${language === 'en' ? '' : `${language}:`}${type}/${exampleId}`
}

function* itemsOf(group: Group, language: RuleLanguage, context: FileContext): Generator<Item<FollowBenchData>> {
  const cluster = groupId(language, context.type, group.exampleId)
  const kinds = context.type === 'mixed' ? (group.records.at(-1)?.record.category.split(', ') ?? []) : []
  for (const placed of group.records) {
    const { level, instruction } = placed.record
    if (level === 0) continue
    const data = dataOf(placed, group, language, context)
    yield {
      id: `${cluster}/L${level}`,
      messages: [{ role: 'user', content: instruction }],
      constraints: constraintsOf(data, kinds),
      cluster,
      language,
      tags: {
        type: data.type,
        level: String(level),
        source: data.source,
        scorer: data.rule === null ? 'judge' : 'rule',
        ...(data.rule === null ? {} : { rule: data.rule }),
      },
      data,
    }
  }
}

function dataOf(placed: PlacedRecord, group: Group, language: RuleLanguage, context: FileContext): FollowBenchData {
  const { record } = placed
  const { type } = context
  const { category, source, example_id: exampleId, level, target } = record
  const rule = ruleFor({ language, type, category, source, exampleId })
  if (rule) checkTarget(rule, placed, language, context)
  const path = group.records.filter((other) => other.record.level <= level).map((other) => other.record.instruction)
  return {
    language,
    type,
    exampleId,
    level,
    source,
    target,
    rule,
    path: type === 'example' ? [record.instruction] : path,
  }
}

function checkTarget(
  rule: RuleId,
  { record, number }: PlacedRecord,
  language: RuleLanguage,
  context: FileContext,
): void {
  const { make, needsTarget, languages } = ruleDefinition(rule)
  if (!languages.includes(language)) {
    const message = `expected a rule of the language ${language}, got ${rule} (${languages.join(', ')})`
    throw recordError('unknown-source', record, number, context, message)
  }
  if (needsTarget && record.target === '') {
    throw recordError('broken-target', record, number, context, `expected a target for the rule ${rule}, got none`)
  }
  try {
    make({ language, target: record.target, level: record.level })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw recordError('broken-target', record, number, context, error.message)
  }
}
