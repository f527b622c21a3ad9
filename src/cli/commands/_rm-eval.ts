import { statSync, writeFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import {
  type Evaluation,
  evaluate,
  type Reference,
  references,
} from '../../checkers/reward-model/evaluation/evaluate.ts'
import { type LabelledLine, readLabelledLines } from '../../checkers/reward-model/evaluation/labelled-line.ts'
import { loadRewardModel } from '../../checkers/reward-model/index.ts'
import type { RewardModelScore } from '../../checkers/scoring-context.ts'
import { DataError, UsageError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { integer, number } from '../option-parsers.ts'
import { print, printJson, say } from '../output.ts'
import { evaluationView } from './_rm-eval-view.ts'
import { ScoreRemarks } from './_score-remarks.ts'

interface EvalOptions {
  readonly rm?: string
  readonly threshold?: number
  readonly bins: number
  readonly resamples: number
  readonly seed: number
  readonly noise?: number
  readonly against: Reference
  readonly base?: string
  readonly disagreements?: string
  readonly plot?: string
  readonly save?: string
  readonly compat?: 'weval'
  readonly groupSize: number
  readonly dataDir?: string
  readonly json?: boolean
}

/** Pairs given to a reward model at once. */
const batch = 1024

/** How fast a model scored. */
export interface Speed {
  readonly pairs: number
  readonly seconds: number
  /** User CPU time of this process: of little meaning for a server. */
  readonly cpuSeconds: number
}

/** `bench rm eval`: measures a reward model, or scores that are there already, against labels. */
export function createRmEvalCommand(): Command {
  return new Command('eval')
    .description('Measure a reward model against labels: agreement, ranking, calibration, label noise, speed')
    .argument(
      '<labelled...>',
      'JSONL of {id, response, constraint, label, p?, type?, level?, group?, seed?, checkpoint?, human?}, or judged runs',
    )
    .option('--rm <spec>', 'reward model to score with (default: the p of the lines; embedded where no line has any)')
    .option('--threshold <p>', "satisfied from this probability on (default: the model's, else 0.5)", number(0, 1))
    .option('--bins <n>', 'bins of the reliability table', integer(1), 10)
    .option('--resamples <n>', 'resamples of clusters behind the intervals', integer(0), 1000)
    .option('--seed <n>', 'seed of resampling and label noise', integer(0), 0)
    .option('--noise <rate>', 'print the metrics again under labels turned round at this rate', number(0, 1))
    .addOption(
      new Option('--against <labels>', 'labels that scores are held against').choices([...references]).default('label'),
    )
    .option('--base <checkpoint>', 'checkpoint that others are compared with (default: the first of the file)')
    .option('--disagreements <file>', 'write the pairs on which scorer and label differ, the surest errors first')
    .option('--plot <file.svg>', 'write the reliability plot')
    .option('--save <file>', 'write all pairs with their scores, to measure again or to calibrate a cascade on')
    .addOption(
      new Option(
        '--compat <script>',
        'weval: take rows of {score, instruction_id_list} as the published script',
      ).choices(['weval']),
    )
    .option('--group-size <n>', 'consecutive rows of one group, with --compat weval', integer(1), 5)
    .option('--data-dir <folder>', 'installed data (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Lines of one group are ranked by level and resampled together. A line with "human" compares its (pseudo-)label with a
person's. Lines of several checkpoints are compared: a score that rises while the labels do not is flagged.

Of run folders the verdicts of the judge are the labels, and the run is the checkpoint.

Examples:
  bench rm eval results/base results/trained --rm http://localhost:8000
  bench rm eval judged.jsonl --plot reliability.svg --disagreements to-read.jsonl
  bench rm eval judged.jsonl --rm http://localhost:8000 --noise 0.05
  bench rm eval scores.jsonl --compat weval --group-size 5`,
    )
    .action(run)
}

async function run(places: readonly string[], options: EvalOptions): Promise<void> {
  if (options.compat === 'weval') {
    const { printWevalRanks } = await import('./_rm-eval-weval.ts')
    return printWevalRanks(onlyFile(places), options.groupSize, options.json === true)
  }
  const lines = await linesOf(places, options)
  const hasScores = options.rm === undefined && lines.some(({ p }) => p != null)
  const scored = hasScores ? null : await score(lines, options)
  const probabilities = scored?.probabilities ?? lines.map(({ p }) => p ?? null)
  const evaluation = evaluate(lines, probabilities, {
    threshold: options.threshold ?? scored?.threshold ?? 0.5,
    seed: options.seed,
    bins: options.bins,
    resamples: options.resamples,
    noise: options.noise,
    base: options.base,
    against: options.against,
  })
  const scorer = scored?.id ?? 'p of the file'
  const speed = scored?.speed ?? null
  const learntFrom = scored === null ? null : await trainingFile(places, options)
  if (options.json) {
    // The pairs themselves stay in the file that was asked for.
    const counted = { ...evaluation, disagreements: evaluation.disagreements.length }
    printJson({ from: places, scorer, seenInTraining: learntFrom, speed, ...counted })
  } else {
    if (learntFrom !== null)
      print(`NOT HELD OUT: these weights learnt from this file (${learntFrom}); the figures flatter them`)
    print(printable(evaluationView(scorer, evaluation, speed)))
  }
  // After the figures: a place that cannot be written to must not cost the scoring.
  await writeFiles(evaluation, scorer, options)
  if (options.save !== undefined) {
    const rows = lines.map((line, index) => `${JSON.stringify({ ...line, p: probabilities[index] ?? null })}\n`)
    write(options.save, rows.join(''))
    say(`${options.save}: ${rows.length} pairs`)
  }
}

/** Under which name the embedded weights learnt from the file; null where they did not, and for other models. */
async function trainingFile(places: readonly string[], { rm = 'embedded' }: EvalOptions): Promise<string | null> {
  const [isEmbedded, folder] = /^embedded(?::(.+))?$/s.exec(rm) ?? []
  const [place] = places
  if (isEmbedded === undefined || place === undefined || statSync(place).isDirectory()) return null
  const { hashFile } = await import('../../runners/hash-file.ts')
  const { seenInTraining } = await import('../../checkers/reward-model/evaluation/seen-in-training.ts')
  return seenInTraining(await hashFile(place), folder)
}

/** @throws UsageError, DataError */
async function linesOf(places: readonly string[], { dataDir }: EvalOptions): Promise<readonly LabelledLine[]> {
  const isFolder = (place: string) => statSync(place, { throwIfNoEntry: false })?.isDirectory() === true
  if (!places.some(isFolder)) return readLabelledLines(onlyFile(places))
  const { judgedLines } = await import('../../runners/judged-lines.ts')
  const { openFinishedRuns } = await import('../../runners/read-run.ts')
  const warn = (message: string) => say(printable(`note: ${message}`))
  const runs = openFinishedRuns(places, (path, reason) => warn(`${path} passed over: ${reason}`))
  const lines: LabelledLine[] = []
  for (const each of runs) lines.push(...(await judgedLines(each, { dataDir: dataDir ?? null, warn })))
  if (lines.length > 0) return lines
  throw new DataError('no-labels', 'Expected verdicts of a judge in these runs, found none', {
    hint: 'Judge them first: bench score <run> --judge <spec>',
  })
}

/** @throws UsageError for several */
function onlyFile(places: readonly string[]): string {
  if (places.length === 1) return places[0]!
  throw new UsageError('many-files', `Expected one labelled file, or run folders, got ${places.length} files`)
}

async function writeFiles(evaluation: Evaluation, scorer: string, options: EvalOptions): Promise<void> {
  const { disagreements, plot } = options
  if (disagreements !== undefined) {
    const rows = evaluation.disagreements.map((row) => `${JSON.stringify(row)}\n`)
    write(disagreements, rows.join(''))
    say(`${disagreements}: ${rows.length} pairs on which scorer and label differ`)
  }
  if (plot !== undefined) {
    const { reliabilitySvg } = await import('../../report/reliability-svg.ts')
    write(plot, reliabilitySvg(scorer, evaluation.calibration))
    say(`${plot}: reliability plot`)
  }
}

/** @throws UsageError for a place that cannot be written to */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError('cannot-write', `Cannot write ${file}: ${reason}`, { cause })
  }
}

/** The probability; just below 0.5 where a server rounded it up to that, and its own verdict says "not satisfied". */
function decided({ p, pred }: RewardModelScore): number | null {
  return p === 0.5 && pred === 0 ? p - Number.EPSILON / 4 : p
}

async function score(lines: readonly LabelledLine[], { rm = 'embedded', dataDir }: EvalOptions) {
  const model = await loadRewardModel(rm, { dataDir, warn: (message) => say(`note: ${message}`) })
  try {
    const probabilities: (number | null)[] = new Array<number | null>(lines.length).fill(null)
    const remarks = new ScoreRemarks()
    const started = performance.now()
    const cpu = process.cpuUsage()
    for (let from = 0; from < lines.length; from += batch) {
      const pairs = lines.slice(from, from + batch).map(({ response, constraint, type }, index) => ({
        id: String(from + index),
        response,
        constraint,
        ...(type ? { type } : {}),
      }))
      for (const scored of await model.score(pairs)) {
        probabilities[Number(scored.id)] = decided(scored)
        remarks.add(scored)
      }
    }
    const speed: Speed = {
      pairs: lines.length,
      seconds: (performance.now() - started) / 1000,
      cpuSeconds: process.cpuUsage(cpu).user / 1e6,
    }
    for (const line of remarks.lines) say(printable(`note: ${line}`))
    return { id: `rm:${model.id}`, threshold: model.threshold, probabilities, speed }
  } finally {
    await model.close()
  }
}
