import Table from 'cli-table3'
import { Command } from 'commander'
import type { Benchmark } from '../../benchmarks/benchmark.ts'
import { loadSuite } from '../../benchmarks/registry.ts'
import { print, printJson } from '../output.ts'

/** `bench list`: what can be run, and how each benchmark is scored. */
export function createListCommand(): Command {
  return new Command('list')
    .description('List benchmarks, their editions, suites and columns, and the forms of a model spec')
    .option('--verbose', 'also print editions, judges and secondary columns')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  bench list\n  bench list --verbose\n  bench list --json | jq ".benchmarks[].id"',
    )
    .action(list)
}

async function list(options: { verbose?: boolean; json?: boolean }): Promise<void> {
  const benchmarks = await loadSuite('all')
  if (options.json) {
    printJson({
      benchmarks: benchmarks.map(describe),
      suites: suitesOf(benchmarks),
      models: modelForms,
      protocols: protocolForms,
    })
    return
  }
  const table = new Table({
    head: ['benchmark', 'suite', 'headline', 'scored by', 'editions (items)'],
    colWidths: [null, null, null, null, 46],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const benchmark of benchmarks) {
    const primary = benchmark.columns.find((column) => column.primary)
    table.push([
      benchmark.id,
      benchmark.suite,
      primary?.label ?? '',
      benchmark.judges.length === 0 ? 'rules' : benchmark.judges.map(({ role }) => role).join(' + '),
      benchmark.editions.map(({ id, items }) => `${id} (${items ?? '?'})`).join(', '),
    ])
  }
  print(table.toString())
  for (const [suite, ids] of Object.entries(suitesOf(benchmarks))) print(`suite ${suite}: ${ids.join(', ')}`)
  if (options.verbose) for (const benchmark of benchmarks) print(`\n${details(benchmark)}`)
  print(
    `\nmodel specs:\n${Object.entries(modelForms)
      .map(([form, what]) => `  ${form.padEnd(28)} ${what}`)
      .join('\n')}`,
  )
  print(
    `\nprotocols:\n${Object.entries(protocolForms)
      .map(([form, what]) => `  ${form.padEnd(28)} ${what}`)
      .join('\n')}`,
  )
}

const modelForms: Readonly<Record<string, string>> = {
  'openai/<model>': 'OpenAI, key from OPENAI_API_KEY',
  'anthropic/<model>': 'Anthropic, key from ANTHROPIC_API_KEY',
  'http://host:port/v1[#model]': 'any OpenAI-compatible server (vLLM, SGLang, llama.cpp, ...)',
  'replay:<file>': 'responses made elsewhere (JSONL or JSON); as judge: replies under judge_response',
  'demo/base, demo/tuned': 'recorded responses of the embedded sample',
}

const protocolForms: Readonly<Record<string, string>> = {
  official: 'the published scorer, bug for bug',
  fixed: 'its known defects repaired; the difference is printed',
}

function suitesOf(benchmarks: readonly Benchmark[]): Record<string, string[]> {
  const ids = (suite: string) => benchmarks.filter((benchmark) => benchmark.suite === suite).map(({ id }) => id)
  return { id: ids('id'), ood: ids('ood'), all: benchmarks.map(({ id }) => id) }
}

function describe(benchmark: Benchmark) {
  const { id, title, suite, summary, paper, licence, editions, columns, clusterUnit, judges, notes } = benchmark
  return { id, title, suite, summary, paper, licence, editions, columns, clusterUnit, judges, notes: notes ?? [] }
}

function details(benchmark: Benchmark): string {
  const { title, paper, licence, summary, editions, columns, clusterUnit, judges, notes = [] } = benchmark
  return [
    `${title} (${paper}; data: ${licence})`,
    `  ${summary}`,
    ...editions.map(
      ({ id, title, languages, items }) =>
        `  edition ${id}: ${title}, ${languages.join(' and ')}, ${items ?? 'unknown number of'} items`,
    ),
    ...columns.map(({ label, title, primary }) => `  column ${label}${primary ? ' (headline)' : ''}: ${title}`),
    ...judges.map(({ role, official }) => `  official ${role}: ${official}`),
    `  unit of resampling: ${clusterUnit}`,
    ...notes.map((note) => `  note: ${note}`),
  ].join('\n')
}
