import type { RuleLanguage } from '../../checkers/followbench/rule.ts'
import { sha256 } from '../../core/hash.ts'
import { loadFollowBenchJudge } from '../../data/upstream-template/followbench-judge.ts'
import type { Resources } from '../benchmark.ts'
import { renderHousePrompt } from './house-prompt.ts'
import type { ConstraintType } from './schema.ts'

/** Types that the judge scores; the example type is a matter of its rule alone. */
export type JudgedType = Exclude<ConstraintType, 'example'>

/** Builds judge prompts of one language. */
export interface JudgePrompts {
  /** False for the wording of the harness: then scores carry the label `house-prompt`. */
  readonly isOfficial: boolean
  /** sha256 of the wording; part of the call key. */
  readonly templateHash: string
  /** @param instructions instructions of levels 0 to 1..5 */
  render(type: JudgedType, instructions: readonly string[], answer: string): string
}

const upstreamFiles: Readonly<Record<RuleLanguage, string>> = {
  en: 'code/gpt4_based_evaluation.py',
  zh: 'code_zh/gpt4_based_evaluation.py',
}

/**
 * Upstream's prompts where the upstream file is installed, else the harness's own.
 * @throws DataError when the installed file is not the pinned one
 */
export async function loadJudgePrompts(language: RuleLanguage, resources: Resources): Promise<JudgePrompts> {
  const file = resources.asset('followbench-upstream', upstreamFiles[language])
  if (file === null) return housePrompts(language)
  const upstream = await loadFollowBenchJudge(file, language)
  return { isOfficial: true, templateHash: upstream.sha256, render: upstream.render }
}

/** The harness's own prompts of one language. */
export function housePrompts(language: RuleLanguage): JudgePrompts {
  const render: JudgePrompts['render'] = (type, instructions, answer) =>
    renderHousePrompt(language, type, instructions, answer)
  const skeleton = ['content', 'situation', 'style', 'format', 'mixed'].flatMap((type) =>
    [1, 2, 3, 4, 5].map((level) => renderHousePrompt(language, type, Array<string>(level + 1).fill(''), '')),
  )
  return { isOfficial: false, templateHash: sha256(JSON.stringify(skeleton)), render }
}
