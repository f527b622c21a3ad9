import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readJudgeReply } from '../src/checkers/followbench/judge-reply.ts'
import type { CompiledRule } from '../src/checkers/followbench/rule.ts'
import { type RuleId, ruleDefinition } from '../src/checkers/followbench/rules.ts'
import { itemKey, loadLanguage } from '../tests/conformance/_followbench-files.ts'

const shared = join(dirname(fileURLToPath(import.meta.url)), '../../shared')

interface RuleRecord {
  readonly type: string
  readonly example_id: number
  readonly level: number
  readonly rule: RuleId
  readonly response: string
}

interface Task {
  readonly rule: CompiledRule
  readonly response: string
}

/** Microseconds that the official Python needs for one rule verdict and one judge reply on one core, at best. */
const official = { rule: 4, reply: 9 }

function records<T>(name: string): readonly T[] {
  return readFileSync(join(shared, 'golden/followbench', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

/** Microseconds of user time per call, the best of five passes over the tasks. */
function microseconds<T>(tasks: readonly T[], run: (task: T) => unknown): number {
  const rounds = Math.max(1, Math.round(150_000 / tasks.length))
  const passes = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    for (let round = 0; round < rounds; round++) for (const task of tasks) run(task)
    return process.cpuUsage(before).user / (rounds * tasks.length)
  })
  return Math.min(...passes)
}

function row(what: string, cases: number, time: number, reference?: number): Record<string, number | string> {
  return {
    what,
    cases,
    'us per verdict': Number(time.toFixed(3)),
    'verdicts/s': Math.round(1e6 / time),
    'times as fast as the official code': reference === undefined ? '' : Number((reference / time).toFixed(1)),
  }
}

async function ruleTasks(): Promise<Map<string, Task[]>> {
  const families = new Map<string, Task[]>()
  for (const language of ['en', 'zh'] as const) {
    const items = await loadLanguage(join(shared, 'data/followbench'), language)
    for (const record of records<RuleRecord>(`rules.${language}.jsonl`)) {
      const rule = ruleDefinition(record.rule).make(items!.get(itemKey(record))!.data)
      const family = `${language} ${record.rule}`
      families.set(family, [...(families.get(family) ?? []), { rule, response: record.response }])
    }
  }
  return families
}

export default {
  name: 'followbench-scoring',
  /** Rule verdicts per family and judge replies over the golden cases; one line that says so when they are not there. */
  async run(): Promise<Record<string, number | string>[]> {
    if (!existsSync(join(shared, 'golden/followbench')) || !existsSync(join(shared, 'data/followbench'))) {
      return [{ what: 'skipped: the golden cases of FollowBench are not beside this checkout' }]
    }
    const families = await ruleTasks()
    const apply = ({ rule, response }: Task) => rule(response)
    const byFamily = [...families].map(([name, tasks]) => row(name, tasks.length, microseconds(tasks, apply)))
    const all = [...families.values()].flat()
    const replies = records<{ reply: string; level: number }>('judge-parse.jsonl')
    const reply = microseconds(replies, ({ reply, level }) => readJudgeReply(reply, level, 'en'))
    return [
      row('all rules', all.length, microseconds(all, apply), official.rule),
      row('judge replies', replies.length, reply, official.reply),
      ...byFamily,
    ]
  },
}
