import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { modelFiles, shippedModel } from '../embedded/model-file.ts'

const headSchema = z.object({ trainingData: z.record(z.string(), z.string()).optional() })

/**
 * Name under which a file was read when the embedded weights were trained: figures on it flatter them. Null for a file
 * that was not, and for weights that do not say.
 * @param sha256 of the file
 * @param folder of the weights; the shipped ones when left out
 */
export function seenInTraining(sha256: string, folder = shippedModel): string | null {
  const head = headSchema.safeParse(JSON.parse(readFileSync(join(folder, modelFiles.head), 'utf8')))
  const files = Object.entries(head.data?.trainingData ?? {})
  return files.find(([, hash]) => hash === sha256)?.[0] ?? null
}
