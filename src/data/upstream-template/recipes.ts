import type { TemplateRecipe } from './template-recipe.ts'

/** `code/evalaute.py` of CFBench at 0bcbf9b0: a lambda that returns an f-string. Slots: prompt, gold_ans, response, criteria. */
export const cfbenchJudgeRecipe: TemplateRecipe = {
  id: 'cfbench/judge',
  dataset: 'cfbench-upstream',
  file: 'code/evalaute.py',
  literal: { after: 'gpt_judge_for_cfbench', quote: "'''", prefix: 'f' },
  style: 'named',
  check: { sha256: 'bc4ab577da5cbda571dc4214d14fecc8e2de3c6c6ea3da7784b941c8450e37e4', characters: 1165 },
}

/** `evaluation/prompts/RAL_evaluator.py` of ComplexBench at 749f4575. Slots: input, output, question. */
export const complexbenchJudgeRecipe: TemplateRecipe = {
  id: 'complexbench/judge',
  dataset: 'complexbench-upstream',
  file: 'evaluation/prompts/RAL_evaluator.py',
  literal: { after: 'EVALUATION_PROMPT', quote: '"""' },
  style: 'format',
  check: { sha256: '9afa863f25a16eafc65416c2c8172a834ec4b21ab9e938d7b2a74fd7db9e51e9', characters: 1601 },
}

/** `evaluation/prompts/RAL_extractor.py` of ComplexBench at 749f4575. Slots: instruction, response, question. */
export const complexbenchExtractionRecipe: TemplateRecipe = {
  id: 'complexbench/extraction',
  dataset: 'complexbench-upstream',
  file: 'evaluation/prompts/RAL_extractor.py',
  literal: { after: 'EXTRACTION_PROMPT', quote: '"""' },
  style: 'format',
  check: { sha256: '3c1027941b58d8d9410b326d85b091cd16f6e49e2622a40f1c2e4ef62b959445', characters: 4701 },
}

/** The same file's template for rules that concern several passages. Slots: instruction, response, question. */
export const complexbenchExtractionEachRecipe: TemplateRecipe = {
  id: 'complexbench/extraction-each',
  dataset: 'complexbench-upstream',
  file: 'evaluation/prompts/RAL_extractor.py',
  literal: { after: 'EXTRACTION_PROMPT_EACH', quote: '"""' },
  style: 'format',
  check: { sha256: '18ca764ee728115828ca7fa4dc0db06e081ac260fb76807fc99dae5c33c57a38', characters: 4432 },
}

/** `src/evaluator.py` of MultiChallenge at 5ccefcca. Two slots in order: response, target question. */
export const multichallengeJudgeRecipe: TemplateRecipe = {
  id: 'multichallenge/judge',
  dataset: 'multichallenge-upstream',
  file: 'src/evaluator.py',
  literal: { after: 'JUDGE_PROMPT', quote: "'''" },
  style: 'positional',
  check: { sha256: '7519dc6e1af487f8a9850239b334f16238032994b763a8b5108ad67bd0d5be7f', characters: 383 },
}

/** `prompt.py` of WritingBench at ae2d5176: the system message. No slots. */
export const writingbenchSystemRecipe: TemplateRecipe = {
  id: 'writingbench/system',
  dataset: 'writingbench-upstream',
  file: 'prompt.py',
  literal: { after: 'evaluate_system' },
  isStripped: true,
  style: 'format',
  check: { sha256: '27ba80325caaf209ad169b616fc7ef203445f93649a85cda9328133489f46cc1', characters: 92 },
}

/** The same file's user message. Four slots in order: criterion, query, response, criterion again. */
export const writingbenchPromptRecipe: TemplateRecipe = {
  id: 'writingbench/prompt',
  dataset: 'writingbench-upstream',
  file: 'prompt.py',
  literal: { after: 'evaluate_prompt' },
  isStripped: true,
  style: 'format',
  check: { sha256: 'db50de309a38e922c29bdaf9dae753a84f6141b0d60f35bd5001bf5e17d6f7ef', characters: 2510 },
}

/** `bia_use.py` of verl-if at dadf40a1: input text of the constraint reward model. Slots: response, constraint. */
export const rewardModelInputRecipe: TemplateRecipe = {
  id: 'reward-model/input',
  dataset: 'verl-if-upstream',
  file: 'bia_use.py',
  literal: { after: ['predict', 'text'], prefix: 'f' },
  fieldNames: ['response', 'constraint'],
  style: 'named',
  check: {
    sha256: '9abdecdd95dbc4d7c2983c756940336936db320f95d44281faa2d0bdd44d1505',
    characters: 151,
    filledWith: { response: 'A', constraint: 'C' },
  },
}

/** All recipes, for proving installed files. */
export const templateRecipes: readonly TemplateRecipe[] = [
  cfbenchJudgeRecipe,
  complexbenchJudgeRecipe,
  complexbenchExtractionRecipe,
  complexbenchExtractionEachRecipe,
  multichallengeJudgeRecipe,
  writingbenchSystemRecipe,
  writingbenchPromptRecipe,
  rewardModelInputRecipe,
]
