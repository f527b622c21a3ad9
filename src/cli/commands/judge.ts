import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Command } from 'commander'
import { readLabelledSet } from '../../checkers/judge-calibration/labelled-set.ts'
import { UsageError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { Redactor } from '../../core/redact.ts'
import { bindEndpoint } from '../../runners/bind-endpoint.ts'
import { Budget } from '../../runners/budget.ts'
import { calibrateJudge, hasReplies } from '../../runners/calibrate-judge.ts'
import { calibrationPath, readCalibration } from '../../runners/calibration-file.ts'
import { hashFile } from '../../runners/hash-file.ts'
import { assertPriced } from '../../runners/prepare-run.ts'
import { RunMeter } from '../../runners/run-meter.ts'
import { RunStopped, StopSwitch } from '../../runners/stop.ts'
import { exitCodes } from '../exit-codes.ts'
import { onInterrupt } from '../interrupt.ts'
import { integer, number, pair } from '../option-parsers.ts'
import { print, printJson, say } from '../output.ts'
import { type Progress, startProgress } from '../progress.ts'
import { defaultEndpoint } from '../run-options.ts'
import { calibrationText } from './_calibration-view.ts'
import { createAgreeCommand } from './_judge-agree.ts'

interface CalibrateCommandOptions {
  readonly set: string
  readonly judge: string
  readonly repeats: number
  readonly rounds: number
  readonly limit?: number
  readonly temperature?: number
  readonly topP?: number
  readonly maxTokens?: number
  readonly out?: string
  readonly results: string
  readonly offline?: boolean
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

/** `bench judge`: how far a judge can be trusted. */
export function createJudgeCommand(): Command {
  return new Command('judge')
    .description('Measure how far a judge can be trusted')
    .addCommand(createCalibrateCommand())
    .addCommand(createShowCommand())
    .addCommand(createAgreeCommand())
}

function createCalibrateCommand(): Command {
  return new Command('calibrate')
    .description('Run a judge over a labelled set and compare its verdicts with the labels')
    .requiredOption(
      '--set <file>',
      'labelled set: JSONL of {id, response, constraint, label, prompt?, type?, cluster?}',
    )
    .requiredOption('--judge <spec>', 'model spec of the judge')
    .option('--repeats <k>', 'verdicts of each row, to see whether the judge agrees with itself', integer(1), 1)
    .option('--rounds <n>', 'replies that may be asked for until one can be read', integer(1), 3)
    .option('--limit <n>', 'only the first n rows', integer(1))
    .option('--temperature <t>', 'sent to the judge (default: 0, or nothing when --top-p is given)', number(0, 5))
    .option('--top-p <p>', 'nucleus sampling', number(0, 1))
    .option('--max-tokens <n>', 'limit of a reply', integer(1))
    .option('--out <folder>', 'folder for the call log and calibration.json; the same folder resumes')
    .option('--results <folder>', 'where calibrations/<judge>.json is kept when --out is not given', 'results')
    .option('--offline', 'make no new call: only what is in the call log')
    .option('--max-cost <usd>', 'stop before more than this is spent; the same command resumes', number(0))
    .option('--prices <file>', 'JSON file with prices that override the built-in table')
    .option('--concurrency <n>', 'most requests under way at once', integer(1), 32)
    .option('--rpm <n>', 'most requests per minute', number(0))
    .option('--tpm <n>', 'most tokens per minute', number(0))
    .option('--timeout <seconds>', 'longest wait for one reply', number(0.001), 600)
    .option('--header <name:value>', 'extra request header; ${NAME} is read from the environment', pair(':'))
    .option('--api-key-env <name>', 'environment variable that holds the key of the judge')
    .option('--json', 'print the calibration as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
Examples:
  bench judge calibrate --set labelled.jsonl --judge openai/gpt-4o --max-cost 1
  bench judge calibrate --set labelled.jsonl --judge http://localhost:8000/v1 --repeats 3 --temperature 1

Agreement is that of the first verdict of each row. Exit codes: 0 done, 1 some rows have no verdict,
2 wrong input or no reply at all, 3 stopped and resumable.`,
    )
    .action(calibrate)
}

function createShowCommand(): Command {
  return new Command('show')
    .description('Print a stored calibration')
    .argument('<file>', 'calibration.json, or the folder that holds it')
    .option('--json', 'print it as JSON')
    .action((path: string, { json }: { readonly json?: boolean }) => {
      const inFolder = join(path, 'calibration.json')
      const file = existsSync(inFolder) ? inFolder : path
      if (!existsSync(file)) throw new UsageError('no-file', `Expected a calibration at ${path}, found nothing`)
      const calibration = readCalibration(file)
      if (json) printJson(calibration)
      else print(calibrationText(calibration))
    })
}

async function calibrate(options: CalibrateCommandOptions): Promise<void> {
  if (!existsSync(options.set)) {
    throw new UsageError('no-file', `Expected a labelled set at ${options.set}, found nothing`)
  }
  const limit = options.limit ?? null
  const rows = await readLabelledSet(options.set, limit)
  const stop = new StopSwitch()
  const maxCost = options.maxCost ?? null
  const judge = await bindEndpoint('judge', endpointOf(options), {
    spec: { prices: options.prices ?? null, systemPrompt: null },
    redactor: new Redactor(),
    budget: maxCost === null ? null : new Budget(maxCost),
    stop,
    subject: null,
  })
  const meter = new RunMeter()
  let progress: Progress | null = null
  const tell = (text: string) => (progress ? progress.say(text) : say(text))
  const interrupts = onInterrupt(stop, tell)
  const warnings = new Set<string>()
  const file = options.out ? join(options.out, 'calibration.json') : calibrationPath(options.results, judge.target.id)
  const folder = options.out ?? file.replace(/\.json$/, '')
  try {
    assertPriced({ maxCost }, [judge])
    if (!options.offline) await judge.probe(stop.signal)
    if (!options.quiet) progress = startProgress(meter, judge.figures)
    const calibration = await calibrateJudge({
      rows,
      set: { file: basename(options.set), sha256: await hashFile(options.set), limit },
      judge,
      settings: { repeats: options.repeats, rounds: options.rounds, sampling: samplingOf(options) },
      folder,
      file,
      offline: options.offline === true,
      meter,
      stop,
      warn: (message) => warnings.add(message),
    })
    progress = stopped(progress)
    for (const warning of warnings) say(printable(`note: ${warning}`))
    for (const [kind, { count, lastMessage }] of meter.failures) {
      say(printable(`${count} failed calls (${kind}), the last one: ${lastMessage}`))
    }
    if (!hasReplies(calibration)) {
      say('The judge gave no reply to any row. Nothing was measured, and nothing was stored.')
      process.exitCode = exitCodes.usage
      return
    }
    if (options.json) printJson(calibration)
    else print(`${calibrationText(calibration)}\n\nstored in ${file}`)
    if (calibration.judged < calibration.rows) process.exitCode = exitCodes.incomplete
  } catch (error) {
    progress = stopped(progress)
    if (!(error instanceof RunStopped)) throw error
    const why = error.reason === 'cost-limit' ? 'the next call could pass --max-cost' : 'interrupted'
    say(`stopped (${why}). Every paid call is in ${folder}; run the same command again to resume.`)
    process.exitCode = exitCodes.stopped
  } finally {
    interrupts.release()
    await judge.close()
  }
}

function stopped(progress: Progress | null): null {
  progress?.stop()
  return null
}

function endpointOf(options: CalibrateCommandOptions) {
  return {
    ...defaultEndpoint(options.judge),
    headers: options.header ?? {},
    apiKeyEnv: options.apiKeyEnv ?? null,
    concurrency: options.concurrency,
    requestsPerMinute: options.rpm ?? null,
    tokensPerMinute: options.tpm ?? null,
    timeoutSeconds: options.timeout,
  }
}

function samplingOf({ temperature, topP, maxTokens }: CalibrateCommandOptions) {
  const sent = temperature ?? (topP === undefined ? 0 : undefined)
  return {
    ...(sent === undefined ? {} : { temperature: sent }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  }
}
