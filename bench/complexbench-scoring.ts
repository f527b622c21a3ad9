import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CompiledRule, compileRule } from '../src/checkers/complexbench/compile-rule.ts'
import { readExtraction } from '../src/checkers/complexbench/extraction-reply.ts'
import { readJsonl } from '../src/core/jsonl.ts'

/** Questions per second and core of the official rule step, reply to verdict (the upper end of its range). */
const officialQuestionsPerSecond = 49_000
const secondsPerRow = 1
const secondsPerKind = 0.1

const golden = fileURLToPath(new URL('../../shared/golden/complexbench/rules_real.jsonl.gz', import.meta.url))

interface RealCase {
  readonly rule: string
  readonly output: string
  readonly reply: string
}

type Work = RealCase & { readonly compiled: CompiledRule }

/** Runs a step over all cases until enough user CPU time is spent; gives cases per second. */
function rateOf(work: readonly Work[], seconds: number, step: (work: Work) => unknown): number {
  for (let round = 0; round < 20; round++) for (const entry of work) step(entry)
  let done = 0
  let spent = 0
  const started = process.cpuUsage()
  while (spent < seconds) {
    for (let round = 0; round < 10; round++) for (const entry of work) step(entry)
    done += 10 * work.length
    spent = process.cpuUsage(started).user / 1e6
  }
  return done / spent
}

export default {
  name: 'ComplexBench rule verdicts (user CPU, one core)',
  async run(): Promise<Record<string, number | string>[]> {
    if (!existsSync(golden)) return [{ step: '-', note: 'skipped: no golden files beside the checkout' }]
    const work: Work[] = []
    for await (const { value } of readJsonl<RealCase>(golden)) {
      work.push({ ...value, compiled: compileRule(value.rule) })
    }
    const verdict = ({ output, reply, compiled }: Work) => compiled.evaluate(readExtraction(output, reply).segments)
    const row = (step: string, cases: readonly Work[], run: (entry: Work) => unknown) => {
      const perSecond = rateOf(cases, secondsPerRow, run)
      const note = `official ${officialQuestionsPerSecond}/s`
      return { step, perSecond: Math.round(perSecond), ratio: perSecond / officialQuestionsPerSecond, note }
    }
    const kinds = [...new Set(work.map(({ compiled }) => compiled.kind!))].sort()
    return [
      row('reply to verdict, rules read at load', work, verdict),
      row('reply to verdict, rules read anew', work, (entry) =>
        verdict({ ...entry, compiled: compileRule(entry.rule) }),
      ),
      ...kinds.map((kind) => {
        const own = work.filter(({ compiled }) => compiled.kind === kind)
        return { step: kind, perSecond: Math.round(rateOf(own, secondsPerKind, verdict)), ratio: '', note: '' }
      }),
    ]
  },
}
