import { sha256 } from '../../core/hash.ts'
import {
  fillTemplate,
  loadUpstreamTemplate,
  type UpstreamTemplate,
  writingbenchPromptRecipe,
  writingbenchSystemRecipe,
} from '../../data/upstream-template/index.ts'
import type { Resources } from '../benchmark.ts'
import { housePrompt, houseSystem } from './house-prompt.ts'

/** The judge's two messages. */
export interface JudgeTemplates {
  readonly system: string
  /** Four slots in order: criterion, query, response, criterion again. */
  readonly prompt: UpstreamTemplate
  /** sha256 over both: part of the call key. */
  readonly hash: string
}

/** Joins the two messages. @throws DataError `template-slot` when the prompt does not have four slots */
export function judgeTemplates(system: string, prompt: UpstreamTemplate): JudgeTemplates {
  fillTemplate(prompt.text, ['', '', '', ''], prompt.style)
  return { system, prompt, hash: sha256(`${system}\u0000${prompt.text}`) }
}

/** Our own wording. */
export const houseTemplates: JudgeTemplates = judgeTemplates(houseSystem, housePrompt)

/**
 * Reads the two messages out of upstream's source file where it is installed; null otherwise.
 * @throws DataError when the installed file is not the pinned one
 */
export async function loadJudgeTemplates(resources: Pick<Resources, 'asset'>): Promise<JudgeTemplates | null> {
  const path = resources.asset(writingbenchPromptRecipe.dataset, writingbenchPromptRecipe.file)
  if (path === null) return null
  const [system, prompt] = await Promise.all([
    loadUpstreamTemplate(path, writingbenchSystemRecipe),
    loadUpstreamTemplate(path, writingbenchPromptRecipe),
  ])
  return judgeTemplates(system.text, prompt)
}
