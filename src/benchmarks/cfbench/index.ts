import type { Benchmark, Column } from '../benchmark.ts'
import { createAggregator } from './aggregate.ts'
import { loadCfbench } from './load.ts'
import { generation, judgeSampling } from './prompt.ts'
import type { CfbenchData } from './schema.ts'
import { prepareCfbench } from './score.ts'

const meanings = {
  isr: ['ISR', 'Instruction satisfaction rate: share of responses that meet every criterion'],
  csr: ['CSR', 'Constraint satisfaction rate: mean over responses of the share of criteria met'],
  psr: ['PSR', 'Priority satisfaction rate: primary criteria met, and more than 80 % by weight'],
} as const

const columns: readonly Column[] = ['', '-easy', '-hard'].flatMap((suffix) =>
  (['isr', 'csr', 'psr'] as const).map((id) => {
    const [label, title] = meanings[id]
    return {
      metric: `${id}${suffix}`,
      label: suffix === '' ? label : `${label} ${suffix.slice(1)}`,
      primary: id === 'isr' && suffix === '',
      title: suffix === '' ? title : `${title}; ${suffix.slice(1)} half`,
    }
  }),
)

/** CFBench (arXiv 2408.01122): 1,000 Chinese instructions with a checklist each, judged by a model. */
export const cfbench: Benchmark<CfbenchData> = {
  id: 'cfbench',
  title: 'CFBench',
  suite: 'id',
  summary:
    'Chinese single-turn instructions from real users and NLP tasks, each with a checklist of 1 to 14 criteria. One judge call gives a verdict per criterion.',
  paper: 'https://arxiv.org/abs/2408.01122',
  licence: 'none stated by the authors; downloaded at run time, never redistributed',
  editions: [{ id: 'v1', title: 'CFBench (1,000 items)', dataset: 'cfbench', languages: ['zh'], items: 1000 }],
  columns,
  beside: [
    { metric: 'judge-parsing', label: 'responses by judge_parsing', as: 'counts' },
    {
      metric: 'upstream-aborts',
      label: "NOT OFFICIAL, responses that end upstream's evaluation without a score",
      as: 'counts',
    },
  ],
  clusterUnit: 'prompt',
  assets: ['cfbench-upstream'],
  judges: [{ role: 'judge', official: 'openai/gpt-4o-2024-05-13', sampling: judgeSampling }],
  notes: [
    'official: a response whose judgement is left to the fallback with one criterion met counts as fully satisfied; judge-parsing says how many.',
    'official rounds item values and means to two decimals, as upstream prints them.',
    'fixed reads the same replies by position, without the fallback and without rounding.',
    'Figures of third-party scorers do not compare: name the scorer, and the judge, with every number.',
  ],
  load: loadCfbench,
  generation,
  prepare: prepareCfbench,
  aggregate: createAggregator,
}
