import { basename } from 'node:path'
import type { Benchmark } from '../benchmark.ts'
import { loadLanguageTools } from '../language-tools.ts'
import { createAggregator } from './aggregate.ts'
import { loadSet, type SetData } from './load.ts'
import { createScorer } from './score.ts'

/**
 * A benchmark over a user's own file: prompts with constraints whose checks are rules, regular expressions, JSON
 * Schemas, judge questions, reward-model texts or sandboxed Python.
 * @param id what the registry knows it by
 * @param file absolute path of the JSONL file
 */
export function constraintSet(id: string, file: string): Benchmark<SetData> {
  return {
    id,
    title: basename(file),
    suite: 'ood',
    summary: `Own constraint set ${file}`,
    paper: 'none',
    licence: "the file's own",
    editions: [{ id: 'file', title: basename(file), dataset: '', file, languages: [], items: null }],
    columns: [
      { metric: 'csr', label: 'CSR', primary: true, title: 'Satisfied constraints of all constraints, pooled' },
      { metric: 'isr', label: 'ISR', primary: false, title: 'Responses with all constraints satisfied' },
    ],
    clusterUnit: 'item',
    judges: [{ role: 'judge', official: 'none: name your own', sampling: { temperature: 0 } }],
    needsPython: true,
    load: (source) => loadSet(source.path(file)),
    generation: ({ messages }) => ({ messages, sampling: {} }),
    async prepare(resources) {
      const { tools, labels } = loadLanguageTools(resources)
      return createScorer(tools, labels)
    },
    aggregate: createAggregator,
  }
}
