import type { Benchmark } from '../benchmark.ts'
import { loadLanguageTools } from '../language-tools.ts'
import { createAggregator } from './aggregate.ts'
import { loadIfeval } from './load.ts'
import { generation } from './prompt.ts'
import type { IfevalRecord } from './schema.ts'
import { createScorer } from './score.ts'

/** IFEval (arXiv 2311.07911): 25 kinds of instruction that a program verifies. */
export const ifeval: Benchmark<IfevalRecord> = {
  id: 'ifeval',
  title: 'IFEval',
  suite: 'id',
  summary:
    '541 English prompts with one to three of 25 kinds of instruction that a program verifies (lengths, formats, keywords, case, language), strictly and loosely.',
  paper: 'https://arxiv.org/abs/2311.07911',
  licence: 'Apache-2.0 (google-research/google-research, instruction_following_eval)',
  editions: [{ id: 'v1', title: '541 prompts', dataset: 'ifeval', languages: ['en'], items: 541 }],
  columns: [
    {
      metric: 'prompt-level-loose',
      label: 'Pr.(L)',
      primary: true,
      title: 'Prompts with all instructions followed, loose mode',
    },
    {
      metric: 'prompt-level-strict',
      label: 'Pr.(S)',
      primary: false,
      title: 'Prompts with all instructions followed, strict mode',
    },
    {
      metric: 'instruction-level-strict',
      label: 'Ins.(S)',
      primary: false,
      title: 'Followed instructions of all instructions, strict mode',
    },
    {
      metric: 'instruction-level-loose',
      label: 'Ins.(L)',
      primary: false,
      title: 'Followed instructions of all instructions, loose mode',
    },
    { metric: 'mean-of-four', label: 'Mean', primary: false, title: 'Mean of the four accuracies' },
  ],
  clusterUnit: 'prompt',
  assets: ['punkt', 'langdetect'],
  judges: [],
  notes: [
    'official counts the given sign where upstream draws a random letter (keys 1122 and 1129), and seeds langdetect with 0 where upstream does not seed it.',
    'A missing response counts as not followed, with bounds; upstream stops with an error.',
    'fixed repairs named defects of the checks; its numbers do not compare with published ones.',
  ],
  load: loadIfeval,
  generation,
  async prepare(resources) {
    const { tools, labels } = loadLanguageTools(resources)
    return createScorer(tools, labels)
  },
  aggregate: createAggregator,
}
