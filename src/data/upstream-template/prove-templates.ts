import { HeedError } from '../../core/errors.ts'
import type { FollowBenchLanguage } from './_followbench-digests.ts'
import { followBenchJudgeFiles, loadFollowBenchJudge } from './followbench-judge.ts'
import { loadUpstreamTemplate } from './load-upstream-template.ts'
import { templateRecipes } from './recipes.ts'

/** Whether the prompts of one upstream file can be read and are the official ones. */
export interface TemplateProof {
  /** `cfbench/judge`. */
  readonly id: string
  readonly dataset: string
  readonly file: string
  /** Null when proven. */
  readonly error: HeedError | null
}

/**
 * Reads every prompt template of one data set's installed files and compares the digests.
 * @param pathOf absolute path of an installed file, or null
 */
export async function proveTemplates(
  dataset: string,
  pathOf: (dataset: string, file: string) => string | null,
): Promise<TemplateProof[]> {
  const proofs: TemplateProof[] = []
  const prove = async (id: string, file: string, load: (path: string) => Promise<unknown>): Promise<void> => {
    const path = pathOf(dataset, file)
    if (path === null) return
    const error = await load(path).then(
      () => null,
      (caught: unknown) => {
        if (HeedError.is(caught)) return caught
        throw caught
      },
    )
    proofs.push({ id, dataset, file, error })
  }
  for (const recipe of templateRecipes.filter((candidate) => candidate.dataset === dataset)) {
    await prove(recipe.id, recipe.file, (path) => loadUpstreamTemplate(path, recipe))
  }
  for (const [language, source] of Object.entries(followBenchJudgeFiles)) {
    if (source.dataset !== dataset) continue
    await prove(`followbench/judge-${language}`, source.file, (path) =>
      loadFollowBenchJudge(path, language as FollowBenchLanguage),
    )
  }
  return proofs
}
