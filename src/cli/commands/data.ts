import { Command } from 'commander'

const directoryOption = ['--data-dir <dir>', 'data directory (default: BENCH_DATA_DIR, else a per-user cache)'] as const
const jsonOption = ['--json', 'print JSON'] as const
const namesHelp = 'benchmarks, suites or data sets'

/** `bench data`: list, pull, verify and sample. Each subcommand loads what it needs when it is called. */
export function createDataCommand(): Command {
  return new Command('data')
    .description('List, pull and verify benchmark data, language assets and upstream judge prompts')
    .addCommand(listCommand())
    .addCommand(pullCommand())
    .addCommand(verifyCommand())
    .addCommand(sampleCommand())
    .addHelpText(
      'after',
      `
Examples:
  bench data list                                   what there is, what is installed
  bench data pull ifeval                            prompts and language assets of one benchmark
  bench data pull --from ../shared/data             everything that a folder of any layout holds
  bench data pull ood --from https://mirror.example/bench
  bench data verify                                 hash all installed files again
  bench data sample cfbench                         the embedded sample of a benchmark

Exit codes: 0 all there, 1 something missing or not reachable, 2 wrong usage or a wrong hash, 3 interrupted`,
    )
}

function listCommand(): Command {
  return new Command('list')
    .description('What data sets there are, where they come from, and what is installed')
    .argument('[names...]', namesHelp)
    .option(...directoryOption)
    .option('--verbose', 'also print sources, notes and every file')
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  bench data list\n  bench data list ood --verbose\n  bench data list --json | jq -r ".datasets[].id"',
    )
    .action(async (names: string[], options: { dataDir?: string; verbose?: boolean; json?: boolean }) => {
      const { listData } = await import('./_data-list.ts')
      listData(names, options)
    })
}

function pullCommand(): Command {
  return new Command('pull')
    .description('Install files that are missing or wrong: fetched, verified, put in place in one step')
    .argument('[names...]', `${namesHelp} (default: everything)`)
    .option('--from <place>', 'folder of any layout (searched by content, .gz included) or mirror URL')
    .option(...directoryOption)
    .option('--offline', 'never ask the network')
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
A mirror URL is tried with /<data set>/<name>, the same with .gz, and the upstream path; one with {dataset}, {name},
{path} or {url} in it says itself where these stand. Proxies are taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY.

Examples:
  bench data pull
  bench data pull id
  bench data pull cfbench followbench --from ~/Downloads
  bench data pull agentif --from 'https://proxy.example/{url}'
  bench data pull --from https://files.example/bench --data-dir /scratch/bench`,
    )
    .action(
      async (names: string[], options: { from?: string; dataDir?: string; offline?: boolean; json?: boolean }) => {
        const { pullData } = await import('./_data-pull.ts')
        await pullData(names, options)
      },
    )
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('Hash installed files again and prove the judge prompts in them')
    .argument('[names...]', `${namesHelp} (default: what is installed)`)
    .option(...directoryOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExamples:\n  bench data verify\n  bench data verify ifeval followbench --json')
    .action(async (names: string[], options: { dataDir?: string; json?: boolean }) => {
      const { verifyCommandAction } = await import('./_data-verify.ts')
      await verifyCommandAction(names, options)
    })
}

function sampleCommand(): Command {
  return new Command('sample')
    .description("Print where a benchmark's embedded sample is, and its first item")
    .argument('<benchmark>')
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  bench data sample ifeval\n  bench data sample complexbench --json | jq .first',
    )
    .action(async (benchmark: string, options: { json?: boolean }) => {
      const { sampleItems } = await import('../../data/samples.ts')
      const { print, printJson } = await import('../output.ts')
      const { printable } = await import('../../core/printable.ts')
      const items = await sampleItems(benchmark)
      if (options.json) printJson(items)
      else print(`${items.path}\n${printable(JSON.stringify(items.first, null, 2))}`)
    })
}
