import type { Benchmark } from '../benchmark.ts'
import { createAggregator } from './aggregate.ts'
import { columns } from './columns.ts'
import { editions } from './editions.ts'
import { loadWritingBench } from './load.ts'
import { generation } from './prompt.ts'
import { judgeSampling } from './sampling.ts'
import type { WritingBenchData } from './schema.ts'
import { prepareWritingBench } from './score.ts'

/** WritingBench (arXiv 2503.05244): long writing tasks, five criteria each, scored from 1 to 10 by a judge. */
export const writingbench: Benchmark<WritingBenchData> = {
  id: 'writingbench',
  title: 'WritingBench',
  suite: 'ood',
  summary:
    'English and Chinese writing tasks in 6 domains and 100 subdomains, each with five criteria of its own. One judge call for each criterion gives a score from 1 to 10.',
  paper: 'https://arxiv.org/abs/2503.05244',
  licence: 'Apache-2.0',
  editions,
  columns,
  clusterUnit: 'prompt',
  judges: [{ role: 'judge', official: 'anthropic/claude-sonnet-4-5', sampling: judgeSampling }],
  needsJudge: true,
  assets: ['writingbench-upstream'],
  notes: [
    'All figures are on the scale 1 to 10; the leaderboard prints ten times as much.',
    'Versions 1 and 2 do not compare, nor do scores of two judges: the official judge changed four times.',
    'Version 1 is judged with the prompt and settings of version 2, which score about two points lower.',
    'Upstream also generates with top_k 20, which many endpoints refuse: add --extra-body \'{"top_k":20}\' where it is taken.',
    'The judge samples at temperature 1: the same responses, judged again, score differently.',
    'fixed reads replies with white space around the code fence and fences responses that look like a part of the prompt.',
    'What was not judged is left out of the means; the bounds say what it could change.',
  ],
  load: loadWritingBench,
  generation,
  prepare: prepareWritingBench,
  aggregate: createAggregator,
}
