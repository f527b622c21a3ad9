import { join } from 'node:path'
import { loadLanguageTools } from '../../benchmarks/language-tools.ts'
import { loadInputTemplate } from '../../checkers/reward-model/endpoints/input-template.ts'
import type { CallRole } from '../../core/call.ts'
import { UsageError } from '../../core/errors.ts'
import { canonicalJson, sha256 } from '../../core/hash.ts'
import { printable } from '../../core/printable.ts'
import { Redactor } from '../../core/redact.ts'
import { openDataDirectory } from '../../data/data-directory.ts'
import { dataLocation } from '../../data/data-location.ts'
import { type BoundEndpoint, bindEndpoint } from '../../runners/bind-endpoint.ts'
import { Budget } from '../../runners/budget.ts'
import type { CallTarget } from '../../runners/call-target.ts'
import { hashFile } from '../../runners/hash-file.ts'
import { assertPriced } from '../../runners/prepare-run.ts'
import { type ExportedFiles, exportForHuggingFace } from '../../runners/pseudo-label/export-hugging-face.ts'
import type { GenerationMode } from '../../runners/pseudo-label/generator-prompts.ts'
import { pseudoLabelManifest } from '../../runners/pseudo-label/manifest.ts'
import { pseudoLabelName, runPseudoLabel } from '../../runners/pseudo-label/run-pseudo-label.ts'
import { sampleSeeds } from '../../runners/pseudo-label/sample-seeds.ts'
import { readSeeds, type Seed } from '../../runners/pseudo-label/seed.ts'
import type { PairKinds, PseudoLabelSettings } from '../../runners/pseudo-label/settings.ts'
import { RunMeter } from '../../runners/run-meter.ts'
import { runFolderName } from '../../runners/run-name.ts'
import { RunStopped, StopSwitch } from '../../runners/stop.ts'
import { exitCodes } from '../exit-codes.ts'
import { onInterrupt } from '../interrupt.ts'
import { print, printJson, say } from '../output.ts'
import { type Progress, startProgress } from '../progress.ts'
import { defaultEndpoint } from '../run-options.ts'
import { printPseudoLabelEstimate, pseudoLabelText } from './_rm-pseudo-label-view.ts'

/** Options of the command, as commander gives them. */
export interface PseudoLabelCommandOptions {
  readonly sample?: boolean
  readonly model: string
  readonly generator?: string
  readonly missing: GenerationMode
  readonly levels: number
  readonly levelZero?: boolean
  readonly include: PairKinds
  readonly dropContradicted?: boolean
  readonly format: 'jsonl' | 'hf' | 'verl'
  readonly validation: number
  readonly limit?: number
  readonly temperature?: number
  readonly topP?: number
  readonly maxTokens?: number
  readonly seed?: number
  readonly extraBody?: Record<string, unknown>
  readonly generatorTemperature?: number
  readonly generatorMaxTokens?: number
  readonly out?: string
  readonly results: string
  readonly dataDir?: string
  readonly offline?: boolean
  readonly dryRun?: boolean
  readonly maxCost?: number
  readonly prices?: string
  readonly concurrency: number
  readonly rpm?: number
  readonly tpm?: number
  readonly timeout: number
  readonly header?: Record<string, string>
  readonly apiKeyEnv?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the pipeline and says what came of it. @throws UsageError, DataError, EndpointError */
export async function pseudoLabel(file: string | undefined, options: PseudoLabelCommandOptions): Promise<void> {
  const seeds = await seedsOf(file, options)
  const needsGenerator = seeds.some(({ constraints }) => constraints === undefined)
  if (needsGenerator && options.generator === undefined && !options.dryRun) {
    throw new UsageError('no-generator', 'Expected --generator, because some seeds bring no constraints', {
      hint: 'Name a model for it, or give `constraints` with every seed.',
    })
  }
  const settings = settingsOf(options)
  const redactor = new Redactor()
  const stop = new StopSwitch()
  const maxCost = options.maxCost ?? null
  const budget = maxCost === null ? null : new Budget(maxCost)
  const spec = { prices: options.prices ?? null, systemPrompt: null }
  const bind = (role: CallRole, model: string, isModel: boolean) =>
    bindEndpoint(role, endpointOf(model, options, isModel), { spec, redactor, budget, stop, subject: null })
  const model = await bind('model', options.model, true)
  const generator =
    needsGenerator && options.generator !== undefined ? await bind('generator', options.generator, false) : null
  const endpoints = generator ? [model, generator] : [model]
  try {
    const manifest = await pseudoLabelManifest({
      model: model.target,
      generator: generator?.target ?? null,
      settings,
      isSample: options.sample === true,
      seedsHash: file === undefined ? sha256(canonicalJson(seeds)) : await hashFile(file),
      limit: options.limit ?? null,
      command: ['bench', ...process.argv.slice(2)],
      redactor,
    })
    const name = runFolderName(`${pseudoLabelName}-${model.modelName}`, manifest.identity, manifest.scoring)
    const folder = options.out ?? join(options.results, name)
    if (options.dryRun) printPseudoLabelEstimate(folder, seeds, settings, endpoints, options.json === true)
    else await execute({ folder, manifest, seeds, settings, endpoints, stop, maxCost, options })
  } finally {
    for (const endpoint of endpoints) await endpoint.close()
  }
}

interface Execution {
  readonly folder: string
  readonly manifest: Awaited<ReturnType<typeof pseudoLabelManifest>>
  readonly seeds: readonly Seed[]
  readonly settings: PseudoLabelSettings
  readonly endpoints: readonly BoundEndpoint[]
  readonly stop: StopSwitch
  readonly maxCost: number | null
  readonly options: PseudoLabelCommandOptions
}

async function execute(execution: Execution): Promise<void> {
  const { folder, manifest, seeds, settings, endpoints, stop, maxCost, options } = execution
  const meter = new RunMeter()
  let progress: Progress | null = null
  const interrupts = onInterrupt(stop, (text) => (progress ? progress.say(text) : say(text)))
  try {
    assertPriced({ maxCost }, endpoints)
    if (!options.offline) for (const endpoint of endpoints) await endpoint.probe(stop.signal)
    const directory = openDataDirectory(dataLocation({ flag: options.dataDir }))
    const asset = (dataset: string, name: string) => directory.optionalPath(dataset, name)
    const summary = await runPseudoLabel({
      folder,
      manifest,
      seeds,
      settings,
      targets: new Map(endpoints.map(({ role, target }): [CallRole, CallTarget] => [role, target])),
      tools: loadLanguageTools({ edition: '', isSample: false, asset }).tools,
      concurrency: options.concurrency,
      offline: options.offline === true,
      meter,
      stop,
      onOpen: ({ resumed, replies }) => {
        if (options.quiet) return
        say(printable(resumed ? `resuming ${folder} with ${replies} calls in the log` : folder))
        progress = startProgress(meter, endpoints[0]!.figures)
      },
    })
    progress = stopped(progress)
    const files = await exportFiles(folder, options)
    if (options.json) printJson({ folder, ...summary, files })
    else
      print(
        printable(
          pseudoLabelText(folder, summary, files, { include: settings.include, isSample: options.sample === true }),
        ),
      )
    process.exitCode = summary.complete ? exitCodes.ok : exitCodes.incomplete
  } catch (error) {
    progress = stopped(progress)
    if (!(error instanceof RunStopped)) throw error
    const why = error.reason === 'cost-limit' ? 'the next call could pass --max-cost' : 'interrupted'
    say(printable(`stopped (${why}). Every paid call is in ${folder}; run the same command again to resume.`))
    process.exitCode = exitCodes.stopped
  } finally {
    interrupts.release()
  }
}

function stopped(progress: Progress | null): null {
  progress?.stop()
  return null
}

async function exportFiles(folder: string, options: PseudoLabelCommandOptions): Promise<ExportedFiles> {
  if (options.format === 'jsonl') return {}
  const template = await loadInputTemplate({ dataDir: options.dataDir })
  if (template.label === 'house-prompt') {
    say('note: the input text is our own wording; `bench data pull verl-if-upstream` installs the published one')
  }
  if (options.format === 'hf') return exportForHuggingFace(folder, template, options.validation)
  const { exportParquet } = await import('../../runners/pseudo-label/export-parquet.ts')
  return exportParquet(folder, template)
}

async function seedsOf(file: string | undefined, options: PseudoLabelCommandOptions): Promise<readonly Seed[]> {
  if ((file === undefined) === (options.sample !== true)) {
    throw new UsageError('no-seeds', 'Expected a file of seeds or --sample, and not both')
  }
  if (file !== undefined) return readSeeds(file, options.limit ?? null)
  return (await sampleSeeds(options.generator !== undefined)).slice(0, options.limit)
}

function settingsOf(options: PseudoLabelCommandOptions): PseudoLabelSettings {
  const { temperature, topP, maxTokens, seed, extraBody, generatorTemperature, generatorMaxTokens } = options
  return {
    levels: options.levels,
    hasLevelZero: options.levelZero === true,
    mode: options.missing,
    include: options.include,
    dropsContradicted: options.dropContradicted === true,
    sampling: {
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { topP }),
      ...(maxTokens === undefined ? {} : { maxTokens }),
      ...(seed === undefined ? {} : { seed }),
      ...(extraBody === undefined ? {} : { extraBody }),
    },
    generatorSampling: {
      ...(generatorTemperature === undefined ? {} : { temperature: generatorTemperature }),
      ...(generatorMaxTokens === undefined ? {} : { maxTokens: generatorMaxTokens }),
    },
  }
}

function endpointOf(model: string, options: PseudoLabelCommandOptions, isModel: boolean) {
  return {
    ...defaultEndpoint(model),
    headers: isModel ? (options.header ?? {}) : {},
    apiKeyEnv: isModel ? (options.apiKeyEnv ?? null) : null,
    concurrency: options.concurrency,
    requestsPerMinute: options.rpm ?? null,
    tokensPerMinute: options.tpm ?? null,
    timeoutSeconds: options.timeout,
  }
}
