import type { Benchmark, Column } from '../benchmark.ts'
import { createAggregator } from './aggregate.ts'
import { loadAgentIf } from './load.ts'
import { generation, judgeSampling } from './prompt.ts'
import type { AgentIfData } from './schema.ts'
import { createScorer } from './score.ts'

const breakdowns: readonly (readonly [id: string, label: string, title: string])[] = [
  ['vanilla', 'Vanilla', 'CSR over constraints that always hold'],
  ['condition', 'Condition', 'CSR over constraints that hold under a condition, where it is met'],
  ['example', 'Example', 'CSR over constraints that are shown by examples'],
  ['formatting', 'Formatting', 'CSR over formatting constraints'],
  ['semantic', 'Semantic', 'CSR over semantic constraints'],
  ['tool', 'Tool', 'CSR over tool (resource) constraints'],
]

const columns: readonly Column[] = [
  { metric: 'csr', label: 'CSR', primary: true, title: 'Share of scored constraints that are met, pooled' },
  { metric: 'isr', label: 'ISR', primary: false, title: 'Share of instructions with every scored constraint met' },
  ...breakdowns.map(([id, label, title]) => ({ metric: `csr-${id}`, label, primary: false, title })),
]

/** AgentIF (arXiv 2505.16944): prompts of real agents, each constraint with its own chain of judge and code steps. */
export const agentif: Benchmark<AgentIfData> = {
  id: 'agentif',
  title: 'AgentIF',
  suite: 'ood',
  summary:
    'Instructions from 50 real agent applications, English and Chinese, 12 constraints each. Every constraint brings its own chain of condition checks, extractions, judge questions and Python snippets, which run in a sandbox.',
  paper: 'https://arxiv.org/abs/2505.16944',
  licence: 'unclear (none in the repository; the dataset card says CC BY-NC 4.0): non-commercial, never redistributed',
  editions: [
    { id: 'v1', title: 'AgentIF (707 instructions)', dataset: 'agentif', languages: ['en', 'zh'], items: 707 },
  ],
  columns,
  clusterUnit: 'prompt',
  judges: [{ role: 'judge', official: 'openai/gpt-4o-2024-11-20', sampling: judgeSampling }],
  needsPython: true,
  notes: [
    'official runs snippets as upstream does (functions of one snippet do not see each other); fixed in one namespace. The two do not compare.',
    'official drops an item without answer and a constraint without verdict from every denominator; fixed counts a missing answer as failed, and an item with a failed check as failed in ISR.',
    'unscored says how many constraints have no verdict, by reason; only condition_not_met is part of the benchmark.',
    'The data are not checked against a known sha256 (none is published): the git blob id of the pinned commit is compared, and another one is a warning.',
  ],
  load: loadAgentIf,
  generation,
  prepare: async () => createScorer(),
  aggregate: createAggregator,
}
