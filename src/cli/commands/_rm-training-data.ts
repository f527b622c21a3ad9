import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { loadLanguageTools } from '../../benchmarks/language-tools.ts'
import { ruleLanguages } from '../../checkers/followbench/rule.ts'
import { readComplexBenchPairs } from '../../checkers/reward-model/training/complexbench-pairs.ts'
import { drawRulePairs } from '../../checkers/reward-model/training/drawn-rules.ts'
import { generatePairs, type PoolResponse } from '../../checkers/reward-model/training/generated-pairs.ts'
import { readIfevalPairs } from '../../checkers/reward-model/training/ifeval-pairs.ts'
import type { LabelledPair } from '../../checkers/reward-model/training/labelled-pair.ts'
import { UsageError } from '../../core/errors.ts'
import { sha256 } from '../../core/hash.ts'
import { readJsonl } from '../../core/jsonl.ts'
import { readColliePairs } from './_rm-collie-pairs.ts'
import { readFollowBenchPairs } from './_rm-followbench-pairs.ts'
import { readFollowBenchRulePairs } from './_rm-followbench-rules.ts'

/** Everything the embedded model learns from. */
export interface TrainingData {
  readonly pairs: readonly LabelledPair[]
  /** sha256 of every file read, by its path below the two folders. */
  readonly hashes: Readonly<Record<string, string>>
}

/** Instructions drawn per response of the pool. */
const drawsPerResponse = 9
/** Pool responses per file of model answers: the largest files would crowd out the others. */
const poolPerFile = 150

/**
 * Reads the labelled files and draws further pairs. Pairs that hold the same texts in another order give the same data.
 * @param golden folder of official verdicts
 * @param data folder of benchmark data
 * @throws UsageError `no-training-data` when a folder is not there
 */
export async function readTrainingData(golden: string, data: string, seed: number): Promise<TrainingData> {
  for (const folder of [golden, data]) {
    if (!existsSync(folder))
      throw new UsageError('no-training-data', `Expected training data in ${folder}, found nothing`)
  }
  const followbench = await readFollowBenchPairs(golden, data)
  const pool = await readPool(golden, data)
  const assets: string[] = []
  const { tools } = loadLanguageTools({
    asset: (dataset, file) => {
      const path = join(data, dataset, file)
      if (!existsSync(path)) return null
      assets.push(`${dataset}/${file}`)
      return path
    },
    edition: '',
    isSample: false,
  })
  const pairs = [
    ...(await readIfevalPairs(golden, seed)),
    ...(await readColliePairs(golden, data)),
    ...(await readComplexBenchPairs(golden, seed)),
    ...(await readFollowBenchRulePairs(golden, data, seed)),
    ...followbench.judged,
    ...followbench.pseudo,
    ...(await readCfbenchPairs(data)),
    ...generatePairs(pool, drawsPerResponse, tools, seed),
    ...drawRulePairs(pool, 3, seed),
  ]
  return { pairs, hashes: await hashFiles(golden, data, assets) }
}

const goldenFiles = [
  'ifeval/crafted.jsonl',
  'ifeval/models.jsonl',
  'collie/model_outputs.jsonl',
  'collie/adversarial.jsonl',
  'collie/published_runs.jsonl',
  'complexbench/rules_crafted.jsonl',
  'complexbench/rules_real.jsonl.gz',
  'followbench/rules.en.jsonl',
  'followbench/rules.zh.jsonl',
  'followbench/runs/en-llama3-8b.items.jsonl.gz',
]

async function hashFiles(golden: string, data: string, assets: readonly string[]): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}
  for (const file of goldenFiles) hashes[`golden/${file}`] = sha256(await readFile(join(golden, file)))
  const dataFiles = [
    'rm/cfbench_judgements.jsonl',
    'collie/collie_v1.jsonl',
    ...filesIn(data, 'collie/logs', /\.json\.gz$/),
    ...ruleLanguages.flatMap((language) => filesIn(data, `followbench/${language}`, /_constraints\.json/)),
    ...answerFiles(data),
    ...assets,
  ]
  for (const file of dataFiles) hashes[`data/${file}`] = sha256(await readFile(join(data, file)))
  return hashes
}

function answerFiles(data: string): string[] {
  return ['cfbench/responses', 'complexbench/replay', 'multichallenge/model_responses'].flatMap((folder) =>
    filesIn(data, folder, /(?:infer\.json|\.jsonl\.gz)$/),
  )
}

/** Files of a folder by name, in a fixed order; none of a folder that is not there. */
function filesIn(data: string, folder: string, name: RegExp): string[] {
  if (!existsSync(join(data, folder))) return []
  return readdirSync(join(data, folder))
    .filter((file) => name.test(file))
    .sort()
    .map((file) => `${folder}/${file}`)
}

/** Real responses to draw instructions about, in English and Chinese. */
async function readPool(golden: string, data: string): Promise<PoolResponse[]> {
  const pool: PoolResponse[] = []
  const add = (text: unknown, cluster: string) => {
    if (typeof text === 'string' && text.trim() !== '' && text.length < 8000) pool.push({ text, cluster })
  }
  for await (const { value } of readJsonl<{ key: number; response: string }>(join(golden, 'ifeval/models.jsonl'))) {
    add(value.response, `ifeval-${value.key}`)
  }
  for await (const { value } of readJsonl<{ type: string; example_id: number; response: string | null }>(
    join(golden, 'followbench/runs/en-llama3-8b.items.jsonl.gz'),
  )) {
    add(value.response, `followbench-${value.type}/${value.example_id}`)
  }
  for await (const { value } of readJsonl<{ source: { main_id: number }; output: string }>(
    join(golden, 'complexbench/rules_real.jsonl.gz'),
  )) {
    add(value.output, `complexbench-${value.source.main_id}`)
  }
  for (const file of answerFiles(data)) {
    const answers = await readAnswers(join(data, file))
    const step = Math.max(1, Math.floor(answers.length / poolPerFile))
    answers
      .filter((_, index) => index % step === 0)
      .forEach(({ text, cluster }) => {
        add(text, `${file.split('/')[0]}-${cluster}`)
      })
  }
  return pool
}

/** Answers of one file, whatever its fields are called, with the item as cluster. */
async function readAnswers(file: string): Promise<{ text: unknown; cluster: string }[]> {
  const raw = await readFile(file)
  const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8')
  const rows = (
    file.endsWith('.json')
      ? JSON.parse(text)
      : text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as unknown)
  ) as Record<string, unknown>[]
  return rows.map((row) => {
    const answer = row.response ?? row.generated ?? row.output ?? row.RESPONSE ?? row.answer ?? row.infer
    const cluster = String(row.idx ?? row.main_id ?? row.QUESTION_ID ?? '')
    return { text: Array.isArray(answer) ? answer[0] : answer, cluster }
  })
}

interface JudgementRow {
  readonly id: string
  readonly response: string
  readonly constraint: string
  readonly label: 0 | 1
  readonly item: number
  readonly type: string
}

async function readCfbenchPairs(data: string): Promise<LabelledPair[]> {
  const pairs: LabelledPair[] = []
  for await (const { value } of readJsonl<JudgementRow>(join(data, 'rm/cfbench_judgements.jsonl'))) {
    const { id, response, constraint, label, item, type } = value
    pairs.push({
      id,
      source: 'cfbench-judged',
      response,
      constraint,
      label,
      type: `cfbench:${type}`,
      cluster: `cfbench-${item}`,
      isRule: false,
      wording: null,
    })
  }
  return pairs
}
