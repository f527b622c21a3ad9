import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Command, Option } from 'commander'
import { loadBenchmark } from '../../benchmarks/registry.ts'
import { DataError, UsageError } from '../../core/errors.ts'
import { type Protocol, protocols } from '../../core/verdict.ts'
import { renderMarkdown } from '../../report/render-markdown.ts'
import { renderTerminal } from '../../report/render-terminal.ts'
import { buildTable, type ColumnHead, type ScoredRun, type TableModel } from '../../report/table-model.ts'
import { readManifest, runFiles } from '../../runners/run-folder.ts'
import type { Scores } from '../../runners/scores.ts'
import { print, printJson, terminalWidth } from '../output.ts'

interface TableCommandOptions {
  readonly format: 'terminal' | 'markdown' | 'json'
  readonly protocol: Protocol
  readonly wide?: boolean
  readonly json?: boolean
}

/** `bench table`: runs as rows, figures as columns. */
export function createTableCommand(): Command {
  return new Command('table')
    .description('Print the tables of one or more run folders')
    .argument('<runs...>', 'run folders, as `bench run` made them')
    .addOption(
      new Option('--format <format>', 'how to print').choices(['terminal', 'markdown', 'json']).default('terminal'),
    )
    .addOption(new Option('--protocol <protocol>', 'which scores to print').choices([...protocols]).default('official'))
    .option('--wide', 'also print the secondary columns')
    .option('--json', 'short for --format json')
    .addHelpText(
      'after',
      '\nExamples:\n  bench table results/*\n  bench table results/a results/b --wide --format markdown > table.md',
    )
    .action(async (folders: string[], options: TableCommandOptions) => printTable(folders.map(readScoredRun), options))
}

/** Reads the scores of a run folder; the folder's name tells two runs of one model apart. */
export function readScoredRun(folder: string): ScoredRun {
  const manifest = readManifest(folder)
  const file = join(folder, runFiles.scores)
  if (!existsSync(file)) {
    throw new DataError('not-scored', `Expected ${runFiles.scores} in ${folder}: the run has not come to its end`, {
      hint: 'Run its command again to resume it.',
    })
  }
  const scores = JSON.parse(readFileSync(file, 'utf8')) as Scores
  return { name: manifest.tags.name ?? scores.modelName ?? basename(folder), scores }
}

/** Prints one table over the given runs. */
export async function printTable(runs: readonly ScoredRun[], options: TableCommandOptions): Promise<void> {
  if (runs.length === 0) throw new UsageError('no-runs', 'Expected at least one run folder')
  const heads = new Map<string, readonly ColumnHead[]>()
  for (const id of new Set(runs.flatMap(({ scores }) => scores.benchmarks.map(({ benchmark }) => benchmark)))) {
    const benchmark = await loadBenchmark(id)
    heads.set(
      id,
      benchmark.columns.map((column) => ({ ...column, benchmark: id })),
    )
  }
  const model = buildTable(runs, {
    protocol: options.protocol,
    wide: options.wide === true,
    columns: (benchmark) => heads.get(benchmark) ?? [],
  })
  render(model, options.json ? 'json' : options.format)
}

function render(model: TableModel, format: TableCommandOptions['format']): void {
  switch (format) {
    case 'json':
      printJson(model)
      return
    case 'markdown':
      print(renderMarkdown(model))
      return
    case 'terminal':
      print(renderTerminal(model, terminalWidth()))
      return
    default: {
      const never: never = format
      throw new Error(`Unknown format: ${String(never)}`)
    }
  }
}
