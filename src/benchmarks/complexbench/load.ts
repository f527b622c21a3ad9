import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { compileRule } from '../../checkers/complexbench/compile-rule.ts'
import { findRuleFlaw } from '../../checkers/complexbench/rule-flaw.ts'
import { DataError, type DataLocation } from '../../core/errors.ts'
import type { Constraint, Item } from '../../core/item.ts'
import type { DataSource } from '../benchmark.ts'
import { checkDependencies } from './check-dependencies.ts'
import type { ComplexBenchData, EditionId, Question } from './item-data.ts'
import { lineOfItem, parseWholeFile } from './json-file.ts'
import { needsPrompt } from './needs-prompt.ts'
import { ItemRecord, type QuestionRecord } from './schema.ts'
import { constraintType } from './taxonomy.ts'

/** File of the data set that holds the items. */
export const dataFile = 'data_final.json'

/**
 * Yields the items in upstream's order.
 * @throws DataError `broken-file`, `broken-record`, `unknown-rule`, `bad-rule`, `bad-dependency` with file, line and id
 */
export async function* loadComplexBench(source: DataSource): AsyncGenerator<Item<ComplexBenchData>> {
  const file = source.path(dataFile)
  const text = await readFile(file, 'utf8')
  const records = parseWholeFile(text, file)
  for (const [index, record] of records.entries()) {
    const locate = (): DataLocation => {
      const line = lineOfItem(text, index)
      return { file, id: String(index), ...(line === null ? {} : { line }) }
    }
    yield toItem(record, index, source.edition === 'en' ? 'en' : 'zh', locate)
  }
}

function toItem(value: unknown, index: number, edition: EditionId, locate: () => DataLocation): Item<ComplexBenchData> {
  const parsed = ItemRecord.safeParse(value)
  if (!parsed.success) throw broken(`Expected a ComplexBench item: ${z.prettifyError(parsed.error)}`, locate)
  const record = parsed.data
  if (record.main_id !== index) {
    throw broken(`Expected main_id to be the position ${index} in the file, got ${record.main_id}`, locate)
  }
  const questions = record.scoring_questions
  for (const [position, { point_id }] of questions.entries()) {
    if (point_id === position) continue
    throw broken(`Expected point_id to be the position ${position}, got ${point_id}`, locate)
  }
  checkDependencies(
    questions.map(({ dep }) => dep),
    locate,
  )
  const instruction = inEdition(edition, record.instruction, record.instruction_en, 'instruction_en', locate)
  const texts = questions.map(({ question, question_en }) =>
    inEdition(edition, question, question_en, 'question_en', locate),
  )
  const id = String(record.main_id)
  return {
    id,
    messages: [{ role: 'user', content: instruction }],
    constraints: questions.map((question, position) => toConstraint(question, texts[position]!)),
    cluster: id,
    language: edition,
    tags: itemTags(record),
    data: {
      instruction,
      questions: questions.map((question, position) => toQuestion(question, texts[position]!, locate)),
    },
  }
}

function inEdition(
  edition: EditionId,
  chinese: string,
  english: string | undefined,
  field: string,
  locate: () => DataLocation,
): string {
  if (edition === 'zh') return chinese
  if (english === undefined) throw broken(`Expected ${field} for the English edition, found none`, locate)
  return english
}

function itemTags(record: ItemRecord): Item['tags'] {
  return {
    category: record.category,
    'task-type': record.task_types,
    'composition-type': record.composition_types,
    // A group of null is a group as well; it is told from the others by the missing tag.
    ...(record.group === null ? {} : { group: String(record.group) }),
  }
}

function toConstraint(question: QuestionRecord, text: string): Constraint {
  const tags = {
    'constraint-type': question.constraint_dimensions.map(constraintType),
    'constraint-dimension': question.constraint_dimensions,
    'composition-type': question.composition_types,
    'depends-on': question.dep.map(String),
  }
  return {
    id: String(question.point_id),
    text,
    check: question.rule === null ? 'judge' : ['judge', 'rule'],
    tags: question.rule === null ? tags : { ...tags, rule: compileRule(question.rule).kind ?? 'unknown' },
    needsPrompt: needsPrompt(question, text),
  }
}

function toQuestion({ rule }: QuestionRecord, text: string, locate: () => DataLocation): Question {
  if (rule === null) return { text, rule: null }
  const flaw = findRuleFlaw(rule)
  if (flaw) {
    const { code, message, hint } = flaw
    throw new DataError(code, message, { location: locate(), ...(hint === undefined ? {} : { hint }) })
  }
  return { text, rule: { text: rule, official: compileRule(rule, 'official'), fixed: compileRule(rule, 'fixed') } }
}

function broken(message: string, locate: () => DataLocation): DataError {
  return new DataError('broken-record', message, { location: locate() })
}
