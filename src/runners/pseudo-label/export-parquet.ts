import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaElement } from 'hyparquet'
import type { InputTemplate } from '../../checkers/reward-model/endpoints/input-template.ts'
import { readJsonl } from '../../core/jsonl.ts'
import type { ExportedFiles } from './export-hugging-face.ts'
import { kwargsElements, kwargsStruct, listElements, textElement } from './kwargs-fields.ts'
import type { LevelRecord, PseudoPair } from './pseudo-label.types.ts'
import { pseudoLabelFiles } from './run-pseudo-label.ts'

interface Column {
  readonly schema: readonly SchemaElement[]
  readonly data: unknown[]
}

const whole = (name: string): SchemaElement => ({ name, type: 'INT64', repetition_type: 'OPTIONAL' })

/**
 * Writes three Parquet files into `export/`:
 * - `classifier.parquet`: the pairs, as for Hugging Face;
 * - `prompts.parquet`: all levels as RL prompts with the columns of verl-if's data (`key`, `prompt`,
 *   `instruction_id_list`, `kwargs`, `constraint`), and `answer`, the same record as JSON text, which EasyR1 takes as
 *   `answer_key`;
 * - `prompts-verl.parquet`: the same in verl's own columns (`data_source`, `prompt` as messages, `ability`,
 *   `reward_model`, `extra_info`).
 */
export async function exportParquet(folder: string, template: InputTemplate): Promise<ExportedFiles> {
  mkdirSync(join(folder, 'export'), { recursive: true })
  const pairs: PseudoPair[] = []
  for await (const { value } of readJsonl<PseudoPair>(join(folder, pseudoLabelFiles.pairs))) pairs.push(value)
  const levels: LevelRecord[] = []
  for await (const { value } of readJsonl<LevelRecord>(join(folder, pseudoLabelFiles.levels))) {
    if (value.level > 0) levels.push(value)
  }
  const tables: Readonly<Record<string, readonly Column[]>> = {
    'export/classifier.parquet': classifierColumns(pairs, template),
    'export/prompts.parquet': promptColumns(levels),
    'export/prompts-verl.parquet': verlColumns(levels),
  }
  for (const [name, columns] of Object.entries(tables)) await writeParquet(join(folder, name), columns)
  return Object.fromEntries(Object.entries(tables).map(([name, columns]) => [name, columns[0]!.data.length]))
}

function classifierColumns(pairs: readonly PseudoPair[], template: InputTemplate): Column[] {
  return [
    text(
      'text',
      pairs.map(({ response, constraint }) => template.render(response, constraint)),
    ),
    number(
      'label',
      pairs.map(({ label }) => label),
    ),
    text(
      'question',
      pairs.map(({ constraint }) => constraint),
    ),
    text(
      'answer',
      pairs.map(({ response }) => response),
    ),
    text(
      'id',
      pairs.map(({ id }) => id),
    ),
    text(
      'seed',
      pairs.map(({ seed }) => seed),
    ),
    number(
      'level',
      pairs.map(({ level }) => level),
    ),
    text(
      'type',
      pairs.map(({ type }) => type),
    ),
    text(
      'kind',
      pairs.map(({ kind }) => kind),
    ),
    text(
      'template',
      pairs.map(() => template.label),
    ),
  ]
}

function promptColumns(levels: readonly LevelRecord[]): Column[] {
  const records = levels.map(groundTruth)
  return [
    number(
      'key',
      levels.map((_, index) => index),
    ),
    text(
      'prompt',
      levels.map(({ prompt }) => prompt),
    ),
    textList(
      'instruction_id_list',
      records.map((record) => record.instruction_id_list),
    ),
    { schema: kwargsElements('kwargs'), data: records.map(({ kwargs }) => kwargs.map(kwargsStruct)) },
    textList(
      'constraint',
      records.map(({ constraints }) => constraints),
    ),
    text(
      'answer',
      records.map((record) => JSON.stringify(record)),
    ),
  ]
}

function verlColumns(levels: readonly LevelRecord[]): Column[] {
  const struct = (name: string, ...fields: readonly SchemaElement[]): SchemaElement[] => [
    { name, repetition_type: 'OPTIONAL', num_children: fields.length },
    ...fields,
  ]
  return [
    text(
      'data_source',
      levels.map(() => 'heed/pseudo-label'),
    ),
    {
      schema: listElements('prompt', ...struct('element', textElement('role'), textElement('content'))),
      data: levels.map(({ prompt }) => [{ role: 'user', content: prompt }]),
    },
    text(
      'ability',
      levels.map(() => 'instruction-following'),
    ),
    {
      schema: struct('reward_model', textElement('style'), textElement('ground_truth')),
      data: levels.map((level) => ({ style: 'rule', ground_truth: JSON.stringify(groundTruth(level)) })),
    },
    {
      schema: struct('extra_info', whole('index'), textElement('seed'), whole('level')),
      data: levels.map(({ seed, level }, index) => ({ index: BigInt(index), seed, level: BigInt(level) })),
    },
  ]
}

/** What the reward is asked: rule ids with their parameters, `soft` for what the classifier decides. */
function groundTruth({ constraints }: LevelRecord) {
  return {
    instruction_id_list: constraints.map(({ rule }) => rule?.id ?? 'soft'),
    kwargs: constraints.map(({ rule }) => rule?.kwargs ?? {}),
    constraints: constraints.map(({ text }) => text),
  }
}

function text(name: string, data: (string | null)[]): Column {
  return { schema: [textElement(name)], data }
}

function number(name: string, data: number[]): Column {
  return { schema: [whole(name)], data: data.map(BigInt) }
}

function textList(name: string, data: string[][]): Column {
  return { schema: listElements(name, textElement('element')), data }
}

async function writeParquet(file: string, columns: readonly Column[]): Promise<void> {
  const { ByteWriter, parquetWrite } = await import('hyparquet-writer')
  const writer = new ByteWriter()
  await parquetWrite({
    writer,
    schema: [{ name: 'schema', num_children: columns.length }, ...columns.flatMap(({ schema }) => schema)],
    columnData: columns.map(({ schema, data }) => ({ name: schema[0]!.name, data })),
    createdBy: 'heed',
  })
  writeFileSync(`${file}.tmp`, writer.getBytes())
  renameSync(`${file}.tmp`, file)
}
