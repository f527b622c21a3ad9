import type { Benchmark } from '../benchmark.ts'
import { createAggregator } from './aggregate.ts'
import { axes } from './axes.ts'
import { loadMultichallenge } from './load.ts'
import { generation, judgeSampling } from './prompt.ts'
import type { MultichallengeData } from './schema.ts'
import { prepareMultichallenge } from './score.ts'

/** MultiChallenge (arXiv 2501.17399): the last answer of a long conversation, judged by one yes/no question. */
export const multichallenge: Benchmark<MultichallengeData> = {
  id: 'multichallenge',
  title: 'MultiChallenge',
  suite: 'ood',
  summary:
    'English multi-turn conversations; the model writes the next answer and a judge replies to one yes/no question about it. Four challenges.',
  paper: 'https://arxiv.org/abs/2501.17399',
  licence: 'none stated (original release); CC BY 4.0 (refined release); downloaded at run time',
  editions: [
    {
      id: 'github',
      title: 'MultiChallenge, original release (273 conversations)',
      dataset: 'multichallenge',
      languages: ['en'],
      items: 273,
    },
    {
      id: 'hf',
      title: 'MultiChallenge, refined release (266 conversations)',
      dataset: 'multichallenge-hf',
      languages: ['en'],
      items: 266,
    },
  ],
  columns: [
    {
      metric: 'overall',
      label: 'Avg.',
      primary: true,
      title: 'Unweighted mean of the axis scores (macro)',
    },
    { metric: 'micro', label: 'Micro', primary: false, title: 'Share of conversations passed, over all axes' },
    ...axes.map(({ metric, label, title }) => ({ metric, label, primary: false, title })),
  ],
  beside: [{ metric: 'micro', label: 'micro', as: 'value' }],
  clusterUnit: 'conversation',
  assets: ['multichallenge-upstream'],
  judges: [{ role: 'judge', official: 'openai/gpt-4o-2024-08-06', sampling: judgeSampling }],
  notes: [
    'official: with several attempts a conversation passes when any of them does (pass@k); fixed takes their mean.',
    'official: a failed judge call adds an axis NA with score 0, so that the mean is over five axes; judge-failures counts them.',
    'fixed asks up to three times for a readable verdict, counts what stays unjudged as failed and never adds an axis.',
    'The judge sees the answer and the question, not the conversation. Another judge moves scores by 5 to 16 points.',
    'The editions do not compare, and the official judge of the refined one is Gemini 2.5 Pro.',
  ],
  load: loadMultichallenge,
  generation,
  prepare: prepareMultichallenge,
  aggregate: createAggregator,
}
