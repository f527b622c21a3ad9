export {
  type FollowBenchJudgedType,
  type FollowBenchLanguage,
  followBenchJudgedTypes,
} from './_followbench-digests.ts'
export { type FillStyle, fillTemplate, type SlotValues } from './fill-template.ts'
export {
  type FollowBenchJudgePrompts,
  followBenchJudgeFiles,
  loadFollowBenchJudge,
  readFollowBenchJudge,
} from './followbench-judge.ts'
export { loadUpstreamTemplate, readUpstreamTemplate } from './load-upstream-template.ts'
export { proveTemplates, type TemplateProof } from './prove-templates.ts'
export {
  type LiteralQuery,
  type PythonLiteral,
  pythonStringLiteral,
  pythonStringLiteralsOf,
} from './python-string-literal.ts'
export {
  cfbenchJudgeRecipe,
  complexbenchExtractionEachRecipe,
  complexbenchExtractionRecipe,
  complexbenchJudgeRecipe,
  multichallengeJudgeRecipe,
  rewardModelInputRecipe,
  templateRecipes,
  writingbenchPromptRecipe,
  writingbenchSystemRecipe,
} from './recipes.ts'
export type { TemplateCheck, TemplateRecipe, UpstreamTemplate } from './template-recipe.ts'
