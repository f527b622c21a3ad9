import { join } from 'node:path'
import type { LabelledLine } from '../checkers/reward-model/evaluation/labelled-line.ts'
import type { Constraint, Item } from '../core/item.ts'
import type { CallRecord } from './call-record.ts'
import { planAgain } from './plan-again.ts'
import { readRecords } from './read-records.ts'
import type { FinishedRun } from './read-run.ts'
import { runFiles } from './run-folder.ts'
import { takeItems } from './take-items.ts'
import type { VerdictRecord } from './verdict-file.ts'

export interface JudgedLinesOptions {
  /** Data directory; null for the usual one. */
  readonly dataDir: string | null
  /** Told about verdicts that are no labels. */
  readonly warn: (message: string) => void
}

/**
 * A run's judged constraints as labelled lines: (response, constraint, the judge's verdict), with the run's name as
 * checkpoint and the cluster of the item as seed. Verdicts on constraints that cannot be understood without the prompt
 * are left out, since a reward model does not see it; so are benchmarks whose judge gives points.
 */
export async function judgedLines(run: FinishedRun, options: JudgedLinesOptions): Promise<LabelledLine[]> {
  const { dataDir, warn } = options
  const verdicts = await judgeVerdicts(run)
  const responses = await modelResponses(run)
  const lines: LabelledLine[] = []
  for (const plan of await planAgain(run.manifest, { dataDir, warn })) {
    const { benchmark, source } = plan
    const given = verdicts.get(benchmark.id) ?? new Map<string, VerdictRecord[]>()
    if ([...given.values()].flat().some(({ value }) => value !== 0 && value !== 1)) {
      warn(`${run.name}, ${benchmark.id}: left out, its judge gives points and not verdicts`)
      continue
    }
    let blind = 0
    for await (const item of takeItems(benchmark.load(source), plan)) {
      const constraints = new Map(item.constraints.map((constraint) => [constraint.id, constraint]))
      for (const verdict of given.get(item.id) ?? []) {
        const constraint = constraints.get(verdict.constraint)
        const response = responses.get(responseKey(benchmark.id, item.id, verdict.sample))
        if (constraint === undefined || response === undefined) continue
        if (constraint.needsPrompt) blind += 1
        else lines.push(toLine(run.name, benchmark.id, item, constraint, verdict, response))
      }
    }
    if (blind > 0) warn(`${run.name}, ${benchmark.id}: ${blind} verdicts left out, which need the prompt`)
  }
  return lines
}

/** Tags that say what kind of constraint it is, in the order in which they are looked for. */
const typeTags = ['type', 'category', 'constraint-type', 'axis'] as const

function toLine(
  checkpoint: string,
  benchmark: string,
  item: Item,
  constraint: Constraint,
  { sample, value }: VerdictRecord,
  response: string,
): LabelledLine {
  const tags = { ...item.tags, ...constraint.tags }
  const first = (name: string) => [tags[name] ?? []].flat()[0] ?? null
  const kind = typeTags.map((name) => [constraint.tags[name] ?? []].flat()[0]).find((value) => value !== undefined)
  return {
    id: `${checkpoint}/${benchmark}/${item.id}/${sample}/${constraint.id}`,
    response,
    constraint: constraint.text,
    label: value === 1 ? 1 : 0,
    type: [benchmark, kind ?? []].flat().join('/'),
    level: first('level'),
    // Not a group: the levels of an item are asked about different constraints, so that its responses are no ranking.
    seed: `${benchmark}/${item.cluster}`,
    checkpoint,
    constraint_count: item.constraints.length,
  }
}

/** Measured verdicts of judges by benchmark and item, one per response and constraint. */
async function judgeVerdicts(run: FinishedRun): Promise<ReadonlyMap<string, Map<string, VerdictRecord[]>>> {
  const found = new Map<string, Map<string, VerdictRecord[]>>()
  const seen = new Set<string>()
  for await (const verdict of readRecords<VerdictRecord>(join(run.scoringFolder, runFiles.verdicts))) {
    const { benchmark, item, sample, constraint, scorer, protocol, value } = verdict
    if (!scorer.startsWith('judge:') || protocol !== 'official' || value === null) continue
    const place = JSON.stringify([benchmark, item, sample, constraint])
    // A check with several readings is one judgement.
    if (seen.has(place)) continue
    seen.add(place)
    const items = found.get(benchmark) ?? new Map<string, VerdictRecord[]>()
    found.set(benchmark, items)
    items.set(item, [...(items.get(item) ?? []), verdict])
  }
  return found
}

async function modelResponses(run: FinishedRun): Promise<ReadonlyMap<string, string>> {
  const responses = new Map<string, string>()
  for await (const record of readRecords<CallRecord>(join(run.folder, runFiles.calls))) {
    if (record.kind !== 'reply' || record.role !== 'model' || record.text === null) continue
    if (record.purpose === 'generate')
      responses.set(responseKey(record.benchmark, record.item ?? '', record.sample), record.text)
  }
  return responses
}

function responseKey(benchmark: string, item: string, sample: number): string {
  return JSON.stringify([benchmark, item, sample])
}
