import type { Benchmark } from '../benchmark.ts'
import { createAggregator } from './aggregate.ts'
import { askSampling } from './ask-question.ts'
import type { ComplexBenchData } from './item-data.ts'
import { loadComplexBench } from './load.ts'
import { generation } from './prompt.ts'
import { createScorer } from './score.ts'
import { loadTemplates } from './templates.ts'

/** ComplexBench (arXiv 2407.03978): composed constraints, questions decided by a judge or by rules on extracted text. */
export const complexbench: Benchmark<ComplexBenchData> = {
  id: 'complexbench',
  title: 'ComplexBench',
  suite: 'ood',
  summary:
    'Chinese instructions (with an English translation) whose constraints are composed: at once, in sequence, by condition, nested. 5,306 yes/no questions, each for a judge or for a rule on a passage that an extractor finds.',
  paper: 'https://arxiv.org/abs/2407.03978',
  licence: 'MIT (thu-coai/ComplexBench); the README of the first release says CC BY 4.0 for the data',
  editions: [
    { id: 'zh', title: 'Chinese (1,150 items)', dataset: 'complexbench', languages: ['zh'], items: 1150 },
    { id: 'en', title: 'English translation (1,150 items)', dataset: 'complexbench', languages: ['en'], items: 1150 },
  ],
  columns: [
    {
      metric: 'drfr',
      label: 'Overall',
      primary: true,
      title: 'DRFR: share of all questions that hold together with the questions that they depend on',
    },
    { metric: 'drfr-and', label: 'And', primary: false, title: 'DRFR over items of the category And' },
    { metric: 'drfr-chain', label: 'Chain', primary: false, title: 'DRFR over items of the categories Chain_1 and _2' },
    {
      metric: 'drfr-selection',
      label: 'Selection',
      primary: false,
      title: 'DRFR over items of the Selection categories; under official with Selection_and_Chain, as upstream',
    },
    {
      metric: 'drfr-nested',
      label: 'Nested',
      primary: false,
      title: 'DRFR over items of depth 2 and more (all categories that end in _2 or _3)',
    },
  ],
  clusterUnit: 'prompt',
  assets: ['complexbench-upstream'],
  judges: [
    { role: 'extractor', official: 'openai/gpt-4-1106-preview', sampling: askSampling },
    { role: 'judge', official: 'openai/gpt-4-1106-preview', sampling: askSampling },
  ],
  notes: [
    'Every question costs one call: questions with a rule ask the extractor, the others the judge.',
    'official passes failures on over one level of dependencies only; fixed over all levels.',
    'official counts Selection_and_Chain under Selection; fixed shows it apart.',
    'official scores an unreadable judge reply as no and a failed question as false; fixed leaves them out, with bounds.',
    'Judge prompts, reply formats and rules are Chinese in both editions.',
  ],
  load: loadComplexBench,
  generation,
  async prepare(resources) {
    return createScorer(await loadTemplates(resources))
  },
  aggregate: createAggregator,
}
