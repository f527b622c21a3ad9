import { existsSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Table from 'cli-table3'
import { Command, Option } from 'commander'
import { type BenchmarkReference, type SuiteName, suiteNames } from '../../benchmarks/registry.ts'
import { HeedError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { Redactor } from '../../core/redact.ts'
import { type DataDirectory, openDataDirectory } from '../../data/data-directory.ts'
import { dataLocation } from '../../data/data-location.ts'
import { probeEndpoint } from '../../runners/bind-endpoint.ts'
import { benchmarkFiles } from '../../runners/data-source.ts'
import { defaultEndpoint } from '../../runners/default-endpoint.ts'
import { exitCodes } from '../exit-codes.ts'
import { list } from '../option-parsers.ts'
import { print, printJson, say, terminalWidth } from '../output.ts'
import { resolveReferences } from '../resolve-references.ts'

interface DoctorOptions {
  readonly suite?: SuiteName
  readonly bench?: string[]
  readonly model?: string
  readonly judge?: string
  readonly rm?: string
  readonly dataDir?: string
  readonly sandbox?: boolean
  readonly json?: boolean
}

/** One thing that was looked at. */
interface Finding {
  readonly what: string
  readonly state: 'ok' | 'missing' | 'note'
  readonly detail: string
}

/** `bench doctor`: what is missing before money is spent. */
export function createDoctorCommand(): Command {
  return new Command('doctor')
    .description('Check data, language assets, keys and endpoints before a run')
    .addOption(new Option('--suite <suite>', 'benchmarks to check').choices([...suiteNames]))
    .option('--bench <id[:edition]...>', 'benchmarks to check', list)
    .option('--model <spec>', 'also reach this endpoint')
    .option('--judge <spec>', 'also reach this judge')
    .option('--rm <spec>', 'also reach this reward model, and say what was found')
    .option('--data-dir <folder>', 'installed data (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--sandbox', 'only try to break out of the Python sandbox in every known way (about a minute)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  bench doctor --suite ood --model http://localhost:8000/v1 --judge openai/gpt-4o\n  bench doctor --bench ifeval\n  bench doctor --sandbox\n\nExit code 0 when nothing is missing (and every escape was contained), else 1.',
    )
    .action(examine)
}

async function examine(options: DoctorOptions): Promise<void> {
  if (options.sandbox) return examineSandbox(options.json === true)
  const suite = options.suite ?? (options.bench ? undefined : 'all')
  const references = await resolveReferences(suite, options.bench)
  const findings = [
    checkNode(),
    checkDisk(),
    ...(await checkData(references, dataLocation({ flag: options.dataDir }))),
    ...(await checkSandbox(references)),
    ...(await checkEndpoint('model', options.model)),
    ...(await checkEndpoint('judge', options.judge)),
    ...(await checkRewardModel(options.rm, options.dataDir)),
    ...checkJudges(references, options.judge),
  ]
  if (options.json) printJson({ findings })
  else printFindings(findings)
  process.exitCode = findings.some(({ state }) => state === 'missing') ? exitCodes.incomplete : exitCodes.ok
}

async function examineSandbox(asJson: boolean): Promise<void> {
  const { selfTestSandbox } = await import('../../checkers/python/index.ts')
  const rows = await selfTestSandbox(({ attempt, contained }) =>
    say(`${contained ? 'contained' : 'NOT CONTAINED'}: ${attempt}`),
  )
  if (asJson) printJson({ sandbox: rows })
  else {
    const table = new Table({
      head: ['attempt', 'contained', 'evidence'],
      colWidths: [34, 11, 72],
      style: { head: [], border: [] },
      wordWrap: true,
    })
    for (const { attempt, contained, evidence } of rows)
      table.push([attempt, contained ? 'yes' : 'NO', printable(evidence)])
    print(table.toString())
  }
  process.exitCode = rows.every(({ contained }) => contained) ? exitCodes.ok : exitCodes.incomplete
}

function checkNode(): Finding {
  return { what: 'Node', state: 'ok', detail: process.version }
}

function checkDisk(): Finding {
  let folder = resolve('results')
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const gibibytes = (bavail * bsize) / 2 ** 30
  return {
    what: 'disk',
    state: gibibytes < 1 ? 'missing' : 'ok',
    detail: `${gibibytes.toFixed(1)} GiB free for results`,
  }
}

async function checkData(references: readonly BenchmarkReference[], root: string): Promise<Finding[]> {
  const directory = openDataDirectory(root)
  const wanted = new Set(references.flatMap(({ benchmark, edition }) => [edition.dataset, ...(benchmark.assets ?? [])]))
  const findings: Finding[] = []
  for (const dataset of wanted) {
    const what = `data ${dataset}`
    const { state } = directory.status(dataset)
    const asAsset = references.filter(({ benchmark }) => benchmark.assets?.includes(dataset))
    const optional = asAsset.length > 0 && !asAsset.some(({ benchmark }) => benchmark.needsAssets)
    const users = references.filter(({ edition }) => edition.dataset === dataset)
    if (state === 'installed') findings.push({ what, state: 'ok', detail: 'installed and verified' })
    else if (state === 'partial' && users.length > 0 && (await canLoadAll(users, directory))) {
      const names = users.map(({ benchmark, edition }) => `${benchmark.id}:${edition.id}`).join(' and ')
      findings.push({ what, state: 'ok', detail: `partial, with all that ${names} needs` })
    } else {
      findings.push({
        what,
        state: optional ? 'note' : 'missing',
        detail: `${state}: bench data pull ${dataset}${optional ? ' (without it scores carry a house label)' : ''}`,
      })
    }
  }
  return findings
}

/** Whether the files that are there are enough: an edition may need a part of its data set. */
async function canLoadAll(references: readonly BenchmarkReference[], directory: DataDirectory): Promise<boolean> {
  for (const reference of references) {
    try {
      for await (const _item of reference.benchmark.load(benchmarkFiles(reference, false, directory).source)) {
        // Every record is looked at.
      }
    } catch (error) {
      if (HeedError.is(error)) return false
      throw error
    }
  }
  return true
}

async function checkSandbox(references: readonly BenchmarkReference[]): Promise<Finding[]> {
  const users = references.filter(({ benchmark }) => benchmark.needsPython).map(({ benchmark }) => benchmark.id)
  if (users.length === 0) return []
  const { isSandboxInstalled } = await import('../../checkers/python/index.ts')
  const what = 'python sandbox'
  return isSandboxInstalled()
    ? [{ what, state: 'ok', detail: 'installed; bench doctor --sandbox tries to break out of it' }]
    : [
        {
          what,
          state: 'missing',
          detail: `the optional package pyodide-sandbox is not installed: ${users.join(' and ')} needs it, reinstall without --omit=optional`,
        },
      ]
}

function checkJudges(references: readonly BenchmarkReference[], judge: string | undefined): Finding[] {
  return references
    .filter(({ benchmark }) => benchmark.judges.length > 0)
    .map(({ benchmark }) => ({
      what: `judge of ${benchmark.id}`,
      state: judge ? 'ok' : 'note',
      detail: `${judge ? `asked: ${judge}; ` : 'none given with --judge; '}official: ${benchmark.judges.map(({ role, official }) => `${role} ${official}`).join(', ')}`,
    }))
}

async function checkEndpoint(what: string, spec: string | undefined): Promise<Finding[]> {
  if (spec === undefined) return []
  try {
    const name = await probeEndpoint(defaultEndpoint(spec), new Redactor(), AbortSignal.timeout(20_000))
    return [{ what, state: 'ok', detail: `${name} answers` }]
  } catch (error) {
    if (!HeedError.is(error)) throw error
    return [{ what, state: 'missing', detail: `${error.message}${error.hint ? ` (${error.hint})` : ''}` }]
  }
}

/** Opens the model as a run would: asks a server with GET alone, scores nothing. */
async function checkRewardModel(spec: string | undefined, dataDir: string | undefined): Promise<Finding[]> {
  if (spec === undefined) return []
  const { loadRewardModel } = await import('../../checkers/reward-model/index.ts')
  const what = 'reward model'
  const notes: Finding[] = []
  try {
    const warn = (detail: string) => notes.push({ what, state: 'note', detail })
    const model = await loadRewardModel(spec, { dataDir, warn, signal: AbortSignal.timeout(20_000) })
    await model.close()
    return [{ what, state: 'ok', detail: `${model.id}, satisfied at p >= ${model.threshold}` }, ...notes]
  } catch (error) {
    if (!HeedError.is(error)) throw error
    return [{ what, state: 'missing', detail: `${error.message}${error.hint ? ` (${error.hint})` : ''}` }, ...notes]
  }
}

function printFindings(findings: readonly Finding[]): void {
  const whatWidth = Math.max(...findings.map(({ what }) => what.length)) + 2
  const table = new Table({
    head: ['', 'what', 'detail'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [9, whatWidth, Math.max(30, terminalWidth() - whatWidth - 9 - 4)],
  })
  for (const { what, state, detail } of findings) table.push([state, what, printable(detail)])
  print(table.toString())
}
