import type { Benchmark } from '../benchmark.ts'
import { createAggregator } from './aggregate.ts'
import { loadItems } from './load.ts'
import { generationOf } from './prompt.ts'
import type { FollowBenchData } from './schema.ts'
import { prepareScorer } from './score.ts'
import { judgeSampling } from './score-judge.ts'

/** FollowBench: https://github.com/YJiangcm/FollowBench at 6278f4c1, arXiv 2310.20410. */
export const followbench: Benchmark<FollowBenchData> = {
  id: 'followbench',
  title: 'FollowBench',
  suite: 'id',
  summary:
    'Instructions that gain one constraint per level, five levels, six constraint types. Rules score the exact cases, a judge that sees the whole path the others.',
  paper: 'https://arxiv.org/abs/2310.20410',
  licence: 'Apache-2.0',
  editions: [
    { id: 'en', title: 'FollowBench, English', dataset: 'followbench', languages: ['en'], items: 820 },
    { id: 'zh', title: 'FollowBench, Chinese', dataset: 'followbench', languages: ['zh'], items: 790 },
  ],
  columns: [
    {
      metric: 'hsr',
      label: 'HSR',
      primary: true,
      title: 'Hard satisfaction rate: mean over six types, then over five levels',
    },
    {
      metric: 'ssr',
      label: 'SSR',
      primary: false,
      title: 'Soft satisfaction rate: mean over six types, then over five levels',
    },
    {
      metric: 'csl',
      label: 'CSL',
      primary: false,
      title: 'Consistent satisfaction levels: mean over six types, 0 to 5',
    },
  ],
  clusterUnit: 'source instruction',
  assets: ['followbench-upstream'],
  judges: [
    {
      role: 'judge',
      official: 'gpt-4o-mini (English script), gpt-4 (Chinese script); the published tables used gpt-4-0613',
      sampling: judgeSampling,
    },
  ],
  notes: [
    'HSR and SSR are means over six types and five levels; the example type counts with its HSR as SSR. CSL is a mean over six types.',
    'Under `official` a judge reply that cannot be read counts -1, as upstream does it.',
    'Under `official` HSR, SSR and CSL have no value where a reward model decided a constraint; csr counts it, and so does `fixed`.',
    'OpenCompass scores the judged items alone; its figures are much higher and never comparable.',
    'Exact-match rules fail on one leading space or trailing line feed: a wrong chat template shows here first.',
  ],
  load: loadItems,
  generation: generationOf,
  prepare: prepareScorer,
  aggregate: createAggregator,
}
