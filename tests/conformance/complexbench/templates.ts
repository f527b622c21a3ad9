import { loadTemplates, type PromptTemplates } from '../../../src/benchmarks/complexbench/templates.ts'
import { upstreamFile } from '../_upstream-file.ts'
import type { ConformanceFolders } from '../suite.ts'

/** Length of the official templates without their slots, as filled, in code points. */
const lengths = { judge: 1576, extraction: 4668, extractionEach: 4397 } as const

/**
 * The official templates where the upstream files are installed, or stand-ins of the same length: with them the choice of
 * the template, the cuts and the filling can be compared by length, though not by digest.
 */
export async function findTemplates(folders: ConformanceFolders): Promise<PromptTemplates> {
  const templates = await loadTemplates({ asset: (dataset, file) => upstreamFile(folders, dataset, file) })
  if (templates.isUpstream) return templates
  const standIn = (length: number, slots: string) => ({ text: `${'。'.repeat(length)}${slots}`, sha256: 'stand-in' })
  return {
    isUpstream: false,
    judge: standIn(lengths.judge, '{input}{output}{question}'),
    extraction: standIn(lengths.extraction, '{instruction}{response}{question}'),
    extractionEach: standIn(lengths.extractionEach, '{instruction}{response}{question}'),
  }
}
