import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { DataError } from '../../../../core/errors.ts'
import type { LabelMap } from '../positive-class.ts'

/** An exported classifier on disk. */
export interface Checkpoint {
  readonly folder: string
  /** Absolute or relative path of the ONNX file. */
  readonly model: string
  /** Files beside it that hold its weights: those of more than 2 GB. */
  readonly weights: readonly string[]
  readonly labels: LabelMap | null
  /** Tokens that the model takes; null where the configuration does not say. */
  readonly maxTokens: number | null
  readonly tokenizer: object
  readonly tokenizerConfig: object
}

const modelConfig = z.object({
  id2label: z.record(z.string(), z.string()).optional(),
  num_labels: z.number().optional(),
  problem_type: z.string().nullish(),
  max_position_embeddings: z.number().optional(),
})
const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().optional() })

/** Tokenizers without a limit say something like 1e30. */
const largestBelievable = 1e9

/**
 * Finds the files of an exported checkpoint (`config.json`, `tokenizer.json`, `tokenizer_config.json`, an ONNX file).
 * @throws DataError `no-checkpoint`, `broken-checkpoint`
 */
export function readCheckpoint(folder: string, modelFile: string | undefined): Checkpoint {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new DataError('no-checkpoint', `Expected the folder of an exported classifier, found none at ${folder}`)
  }
  const config = modelConfig.safeParse(readJson(folder, 'config.json'))
  const tokenizerConfig = tokenizerConfigSchema.safeParse(readJson(folder, 'tokenizer_config.json'))
  if (!config.success || !tokenizerConfig.success) {
    throw new DataError('broken-checkpoint', 'Expected config.json and tokenizer_config.json of a classifier', {
      location: { file: folder },
      cause: config.error ?? tokenizerConfig.error,
    })
  }
  const { id2label, num_labels: classes, problem_type: problem, max_position_embeddings: positions } = config.data
  if ((classes !== undefined && classes !== 2) || problem === 'multi_label_classification') {
    const found = problem === 'multi_label_classification' ? problem : `${classes} classes`
    throw new DataError('broken-checkpoint', `Expected a single-label classifier of two classes, found ${found}`, {
      location: { file: join(folder, 'config.json') },
    })
  }
  const limits = [positions, tokenizerConfig.data.model_max_length].filter(
    (limit): limit is number => limit !== undefined && limit > 0 && limit < largestBelievable,
  )
  const model = findModel(folder, modelFile)
  return {
    folder,
    model,
    weights: weightsBeside(model),
    labels: id2label ?? null,
    maxTokens: limits.length === 0 ? null : Math.min(...limits),
    tokenizer: readJson(folder, 'tokenizer.json') as object,
    tokenizerConfig: tokenizerConfig.data,
  }
}

function findModel(folder: string, wanted: string | undefined): string {
  const names =
    wanted === undefined ? ['onnx/model.onnx', 'model.onnx'] : [wanted, `onnx/${wanted}`, `onnx/${wanted}.onnx`]
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new DataError('no-checkpoint', `Expected ${names.join(' or ')} in ${folder}, found neither`, {
    hint: 'Name another file of the folder with the setting file=<name>, for example onnx:<folder>?file=model_quantized.',
  })
}

/** `model.onnx_data`, `model.onnx.data`, in pieces `model.onnx_data_1` and so on. */
function weightsBeside(model: string): string[] {
  const name = basename(model)
  return readdirSync(dirname(model))
    .filter((each) => each.startsWith(name) && /^[._]data/.test(each.slice(name.length)))
    .sort()
    .map((each) => join(dirname(model), each))
}

function readJson(folder: string, name: string): unknown {
  const file = join(folder, name)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new DataError('broken-checkpoint', `Expected a JSON file ${name} in the checkpoint`, {
      location: { file },
      cause,
    })
  }
}
