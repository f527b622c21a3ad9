import type { Benchmark } from '../benchmark.ts'
import { createAggregator } from './aggregate.ts'
import { loadCollie } from './load.ts'
import { loadTokenizers } from './load-tokenizers.ts'
import { generation } from './prompt.ts'
import type { CollieData } from './schema.ts'
import { createScorer } from './score.ts'

/** COLLIE-v1 (arXiv 2307.08689): constrained generation in 13 structures, scored by rules alone. */
export const collie: Benchmark<CollieData> = {
  id: 'collie',
  title: 'COLLIE-v1',
  suite: 'ood',
  summary:
    'Write a word, sentence, paragraph or passage that meets compositional constraints on characters, words and sentences. 13 structures, all checked by rules.',
  paper: 'https://arxiv.org/abs/2307.08689',
  licence: 'MIT (princeton-nlp/Collie); example texts and quoted targets keep the terms of their corpora',
  editions: [{ id: 'v1', title: 'COLLIE-v1 (2,080 items)', dataset: 'collie', languages: ['en'], items: 2080 }],
  columns: [
    {
      metric: 'avg',
      label: 'Avg.',
      primary: true,
      title: 'Share of items whose constraints all hold, over all items and samples (the official overall)',
    },
    {
      metric: 'macro-structure',
      label: 'Macro',
      primary: false,
      title: 'Mean of the 13 structure accuracies, each structure with the same weight',
    },
  ],
  clusterUnit: 'prompt',
  assets: ['punkt'],
  needsAssets: true,
  judges: [],
  notes: [
    'official scores the raw text: a preface, quotes around the answer or a final line feed often fail it.',
    'official passes a blank response on para01 (all over no sentence); blank-passes counts them.',
    'fixed strips outer white space, reads CRLF as a line feed and fails blank responses.',
    'The file of 1,306 items on the project web site is another data set; figures made with it do not compare.',
    'Official runs draw 20 samples at temperature 0.7; record --samples and the temperature with the score.',
  ],
  load: loadCollie,
  generation,
  async prepare(resources) {
    const { tokenizers, labels } = await loadTokenizers(resources)
    return createScorer(tokenizers, labels)
  },
  aggregate: createAggregator,
}
