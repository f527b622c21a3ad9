import { join } from 'node:path'
import type { Calibration } from '../../checkers/judge-calibration/calibration.types.ts'
import type { Protocol } from '../../core/verdict.ts'
import { calibrationsOf } from '../../runners/calibration-file.ts'
import { readRecords } from '../../runners/read-records.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { runFiles } from '../../runners/run-folder.ts'
import type { VerdictRecord } from '../../runners/verdict-file.ts'
import { type BinaryAgreement, binaryAgreement, confusionCounts } from '../../stats/binary-agreement.ts'
import { type CalibrationBin, calibration } from '../../stats/calibration-bins.ts'
import { brierScore } from '../../stats/probability-scores.ts'

/** How two scorings of the same responses agree on one benchmark. */
export interface ScoringAgreement {
  readonly benchmark: string
  readonly one: string
  readonly other: string
  readonly figures: BinaryAgreement & {
    /** Verdicts that only one of the two calls satisfied. */
    readonly firstOnly: number
    readonly secondOnly: number
  }
}

/** P(satisfied) of a reward model beside the judge's verdict on the same constraints. */
export interface ProbabilityCalibration {
  readonly name: string
  readonly n: number
  readonly bins: readonly CalibrationBin[]
  readonly ece: number | null
  readonly brier: number | null
}

/** Everything that is known on how far the scorers can be trusted. */
export interface Agreement {
  /** Judges of these runs that were calibrated on labelled rows. */
  readonly judges: readonly Calibration[]
  readonly scorings: readonly ScoringAgreement[]
  readonly probabilities: readonly ProbabilityCalibration[]
}

interface SoftVerdict {
  readonly value: number | null
  readonly p: number | null
  readonly isJudge: boolean
}

/** Looks for agreement data of the runs: stored calibrations, several scorings of one folder, probabilities beside verdicts. */
export async function gatherAgreement(runs: readonly FinishedRun[], protocol: Protocol): Promise<Agreement> {
  const probabilities: ProbabilityCalibration[] = []
  const scorings: ScoringAgreement[] = []
  for (const sameResponses of groupByFolder(runs)) {
    const verdicts: { run: FinishedRun; soft: SoftVerdicts }[] = []
    for (const run of sameResponses) {
      const soft = await readSoftVerdicts(run, protocol)
      verdicts.push({ run, soft })
      const own = pairsOf(soft, soft)
      if (own.labels.length > 0) probabilities.push(toCalibration(run.name, own))
    }
    verdicts.forEach((one, index) => {
      for (const other of verdicts.slice(index + 1)) {
        scorings.push(...agreementsOf(one, other))
        for (const [scored, judged] of [
          [one, other],
          [other, one],
        ] as const) {
          const pairs = pairsOf(scored.soft, judged.soft)
          if (pairs.labels.length > 0)
            probabilities.push(toCalibration(`${scored.run.name} against ${judged.run.name}`, pairs))
        }
      }
    })
  }
  return { judges: calibrationsOf(runs), scorings, probabilities }
}

function groupByFolder(runs: readonly FinishedRun[]): FinishedRun[][] {
  const groups = new Map<string, FinishedRun[]>()
  for (const run of runs) groups.set(run.folder, [...(groups.get(run.folder) ?? []), run])
  return [...groups.values()]
}

/** Verdicts of judges and reward models by benchmark and place. */
async function readSoftVerdicts(run: FinishedRun, protocol: Protocol): Promise<Map<string, Map<string, SoftVerdict>>> {
  const found = new Map<string, Map<string, SoftVerdict>>()
  for await (const verdict of readRecords<VerdictRecord>(join(run.scoringFolder, runFiles.verdicts))) {
    const { benchmark, item, sample, constraint, mode = '', scorer, value, detail } = verdict
    const isJudge = scorer.startsWith('judge:')
    if (verdict.protocol !== protocol || !(isJudge || scorer.startsWith('rm:'))) continue
    const p = typeof detail?.p === 'number' ? detail.p : null
    const places = found.get(benchmark) ?? new Map<string, SoftVerdict>()
    found.set(benchmark, places)
    places.set(JSON.stringify([item, sample, constraint, mode]), { value, p, isJudge })
  }
  return found
}

type SoftVerdicts = Awaited<ReturnType<typeof readSoftVerdicts>>

function agreementsOf(
  one: { run: FinishedRun; soft: SoftVerdicts },
  other: { run: FinishedRun; soft: SoftVerdicts },
): ScoringAgreement[] {
  return [...one.soft].flatMap(([benchmark, places]) => {
    const verdicts: number[] = []
    const reference: number[] = []
    for (const [place, { value }] of places) {
      const also = other.soft.get(benchmark)?.get(place)?.value
      if (!isBinary(value) || !isBinary(also)) continue
      verdicts.push(value)
      reference.push(also)
    }
    if (verdicts.length === 0) return []
    const counts = confusionCounts(verdicts, reference)
    const only = { firstOnly: counts.falsePositives, secondOnly: counts.falseNegatives }
    const figures = { ...binaryAgreement(counts), ...only }
    return [{ benchmark, one: one.run.name, other: other.run.name, figures }]
  })
}

/** Probabilities of one scoring with the judge's verdicts of another one (or of the same). */
function pairsOf(scored: SoftVerdicts, judged: SoftVerdicts): { labels: number[]; probabilities: number[] } {
  const labels: number[] = []
  const probabilities: number[] = []
  for (const [benchmark, places] of scored) {
    for (const [place, { p, isJudge }] of places) {
      const judge = judged.get(benchmark)?.get(place)
      if (p === null || !judge?.isJudge || !isBinary(judge.value)) continue
      // Where the judge decided with the probability at hand, that pair counts once: in its own scoring.
      if (scored !== judged && isJudge) continue
      labels.push(judge.value)
      probabilities.push(p)
    }
  }
  return { labels, probabilities }
}

function toCalibration(
  name: string,
  { labels, probabilities }: { readonly labels: number[]; readonly probabilities: number[] },
): ProbabilityCalibration {
  const { bins, ece } = calibration(labels, probabilities)
  return { name, n: labels.length, bins, ece, brier: brierScore(labels, probabilities) }
}

function isBinary(value: number | null | undefined): value is 0 | 1 {
  return value === 0 || value === 1
}
