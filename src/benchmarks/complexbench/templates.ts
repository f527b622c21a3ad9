import { sha256 } from '../../core/hash.ts'
import {
  complexbenchExtractionEachRecipe,
  complexbenchExtractionRecipe,
  complexbenchJudgeRecipe,
  loadUpstreamTemplate,
} from '../../data/upstream-template/index.ts'
import type { Resources } from '../benchmark.ts'
import { housePrompts, type PromptTexts } from './house-prompts.ts'

/** A prompt template; its text has the slots of {@link PromptTexts}, doubled braces stand for single ones. */
export interface PromptTemplate {
  readonly text: string
  /** Part of the call key. */
  readonly sha256: string
}

/** The three prompts of the protocol. */
export interface PromptTemplates extends Readonly<Record<keyof PromptTexts, PromptTemplate>> {
  /** True when they were read from the pinned upstream files. */
  readonly isUpstream: boolean
}

const upstream = 'complexbench-upstream'
const evaluatorFile = 'evaluation/prompts/RAL_evaluator.py'
const extractorFile = 'evaluation/prompts/RAL_extractor.py'

/**
 * Reads the prompts out of the upstream files where both are installed; otherwise gives the harness's own.
 * @throws DataError when an installed file is not the pinned one
 */
export async function loadTemplates(resources: Pick<Resources, 'asset'>): Promise<PromptTemplates> {
  const evaluator = resources.asset(upstream, evaluatorFile)
  const extractor = resources.asset(upstream, extractorFile)
  if (evaluator === null || extractor === null) return houseTemplates
  const [judge, extraction, extractionEach] = await Promise.all([
    loadUpstreamTemplate(evaluator, complexbenchJudgeRecipe),
    loadUpstreamTemplate(extractor, complexbenchExtractionRecipe),
    loadUpstreamTemplate(extractor, complexbenchExtractionEachRecipe),
  ])
  return { isUpstream: true, judge, extraction, extractionEach }
}

/** The harness's own prompts. */
export const houseTemplates: PromptTemplates = {
  isUpstream: false,
  judge: template(housePrompts.judge),
  extraction: template(housePrompts.extraction),
  extractionEach: template(housePrompts.extractionEach),
}

function template(text: string): PromptTemplate {
  return { text, sha256: sha256(text) }
}
