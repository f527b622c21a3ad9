import { Command } from 'commander'
import { readConfigFile } from '../../runners/config-file.ts'
import { expandMatrix } from '../../runners/config-matrix.ts'
import { configJsonSchema } from '../../runners/config-schema.ts'
import { print, printJson } from '../output.ts'

/** `bench config`: the form of `bench.config.yaml`, and a check of one. */
export function createConfigCommand(): Command {
  const command = new Command('config').description('The form of bench.config.yaml, and a check of such a file')
  command
    .command('schema')
    .description('Print the JSON Schema, for editors')
    .action(() => printJson(configJsonSchema()))
  command
    .command('check')
    .description('Check a file and print the runs that it asks for, without reaching any endpoint')
    .argument('[file]', 'configuration file', 'bench.config.yaml')
    .option('--json', 'print the runs as JSON')
    .action(check)
  return command
}

async function check(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const specs = await expandMatrix(readConfigFile(file), { offline: true, command: [] })
  const runs = specs.map(({ name, model, judge, extractor, references, sampling }) => ({
    checkpoint: name,
    model: model.model,
    seed: sampling.seed ?? null,
    judge: judge?.model ?? null,
    extractor: extractor?.model ?? null,
    benchmarks: references.map(({ benchmark, edition }) => `${benchmark.id}:${edition.id}`),
  }))
  if (json) {
    printJson(runs)
    return
  }
  print(`${file}: ${runs.length} runs`)
  for (const { checkpoint, model, seed, judge, benchmarks } of runs) {
    const parts = [model, seed === null ? '' : `seed ${seed}`, `judge ${judge ?? 'none'}`, benchmarks.join(' ')]
    print(`  ${checkpoint}: ${parts.filter(Boolean).join(', ')}`)
  }
}
