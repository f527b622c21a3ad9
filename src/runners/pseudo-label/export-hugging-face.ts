import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { InputTemplate } from '../../checkers/reward-model/endpoints/input-template.ts'
import { readJsonl } from '../../core/jsonl.ts'
import { deriveSeed } from '../../core/random.ts'
import { LineFile } from './line-file.ts'
import type { PseudoPair } from './pseudo-label.types.ts'
import { pseudoLabelFiles } from './run-pseudo-label.ts'

/** Files of an export with their numbers of rows. */
export type ExportedFiles = Readonly<Record<string, number>>

/**
 * Writes `export/train.jsonl` and `export/validation.jsonl` for Hugging Face sequence classification: `text` is the input
 * text that the served model will see, `label` 0 or 1. All rows of one task are on one side.
 * @param validation share of the tasks for validation, 0 to 1
 */
export async function exportForHuggingFace(
  folder: string,
  template: InputTemplate,
  validation: number,
): Promise<ExportedFiles> {
  const target = join(folder, 'export')
  mkdirSync(target, { recursive: true })
  const rows: Record<string, number> = { 'export/train.jsonl': 0, 'export/validation.jsonl': 0 }
  const files = Object.fromEntries(Object.keys(rows).map((name) => [name, new LineFile(join(folder, name))]))
  try {
    for await (const { value } of readJsonl<PseudoPair>(join(folder, pseudoLabelFiles.pairs))) {
      const { id, seed, task, level, type, kind, response, constraint, label } = value
      const name = isValidation(task, validation) ? 'export/validation.jsonl' : 'export/train.jsonl'
      const text = template.render(response, constraint)
      // `question` and `answer` are the names that the published trainer reads, which makes its own text of them.
      const parts = { question: constraint, answer: response }
      await files[name]!.write({ text, label, ...parts, id, seed, level, type, kind, template: template.label })
      rows[name]! += 1
    }
    for (const file of Object.values(files)) await file.finish()
  } catch (error) {
    for (const file of Object.values(files)) await file.abandon()
    throw error
  }
  return rows
}

/** By a hash of the task: the same on every machine, whatever else is in the file, and for all seeds of one task. */
export function isValidation(task: string, share: number): boolean {
  return deriveSeed('pseudo-label-validation', task) / 2 ** 32 < share
}
