import type { Interval } from '../src/core/metric.ts'
import { deriveSeed, mulberry32 } from '../src/core/random.ts'
import { bootstrapInterval } from '../src/stats/bootstrap-interval.ts'
import { compareFigure } from '../src/stats/compare.ts'
import { mcNemar } from '../src/stats/mcnemar.ts'
import { createMetricTable, type MetricHead, type MetricTable } from '../src/stats/metric-table.ts'
import { wilson } from '../src/stats/wilson.ts'
import { drawPair, type SimulatedPair, trueFigures } from './_constraint-model.ts'

const runs = 3000
const replicates = 1000
const sizes = [200, 500]
const csr: MetricHead = { id: 'csr', protocol: 'official', scale: 'fraction', unit: 'constraint' }
const allSatisfied: MetricHead = { id: 'all-satisfied', protocol: 'official', scale: 'fraction', unit: 'item' }

export default {
  name: `Intervals and tests on simulated constraint data (${runs} runs a row, ${replicates} resamples)`,
  async run(): Promise<Record<string, number | string>[]> {
    const truth = trueFigures(mulberry32(deriveSeed('simulation', 'truth')))
    const rows: Record<string, number | string>[] = []
    for (const prompts of sizes) {
      const random = mulberry32(deriveSeed('simulation', prompts))
      const counts = new Map<string, number>()
      const count = (name: string, happened: boolean) => counts.set(name, (counts.get(name) ?? 0) + Number(happened))
      for (let run = 0; run < runs; run += 1) {
        const pair = drawPair(random, prompts)
        countCoverage(pair, truth, count)
        countFalsePositives(pair, run, count)
      }
      for (const [what, hits] of counts) {
        const aim = what.startsWith('interval') ? '95 (93 to 97)' : '5 (4 to 6)'
        const isReported = !what.includes('naive') && !what.includes('McNemar')
        rows.push({ prompts, what, percent: (100 * hits) / runs, aim: isReported ? aim : 'for contrast' })
      }
    }
    return rows
  },
}

type Count = (name: string, happened: boolean) => void

function countCoverage(pair: SimulatedPair, truth: { csr: number; allSatisfied: number }, count: Count): void {
  const table = tableOf(pair, pair.a)
  const [ofCsr, ofAll] = table.metrics()
  count('interval csr, cluster-robust', holds(ofCsr!.interval, truth.csr))
  const seed = deriveSeed('interval', ofCsr!.value!)
  count(
    'interval csr, cluster bootstrap',
    holds(bootstrapInterval(table.resampler(csr)!, { replicates, seed }), truth.csr),
  )
  const { low, high } = wilson(Math.round(ofCsr!.value! * ofCsr!.n), ofCsr!.n)
  count('interval csr, naive (constraints independent)', low! <= truth.csr && truth.csr <= high!)
  count('interval all-satisfied, Wilson', holds(ofAll!.interval, truth.allSatisfied))
}

function countFalsePositives(pair: SimulatedPair, run: number, count: Count): void {
  const tables = [tableOf(pair, pair.a), tableOf(pair, pair.b)] as const
  const items = Array.from(pair.asked, (asked, prompt) => ({ asked, item: `${prompt}`, cluster: `${prompt}` }))
  const options = { replicates, seed: deriveSeed('compare', run) }
  const ofCsr = compareFigure(
    {
      a: tables[0].resampler(csr)!,
      b: tables[1].resampler(csr)!,
      scale: 'fraction',
      items: items.map(({ asked, ...item }, prompt) => ({
        ...item,
        a: pair.a[prompt]! / asked,
        b: pair.b[prompt]! / asked,
      })),
    },
    options,
  )
  const ofAll = compareFigure(
    {
      a: tables[0].resampler(allSatisfied)!,
      b: tables[1].resampler(allSatisfied)!,
      scale: 'fraction',
      items: items.map(({ asked, ...item }, prompt) => ({
        ...item,
        a: Number(pair.a[prompt] === asked),
        b: Number(pair.b[prompt] === asked),
      })),
    },
    options,
  )
  count('test csr, paired test of the report', ofCsr.p! < 0.05)
  count('test csr, naive (constraints independent)', mcNemar(pair.onlyA, pair.onlyB).midP < 0.05)
  count('test all-satisfied, paired test of the report', ofAll.p! < 0.05)
  count('test all-satisfied, exact McNemar', ofAll.mcNemar!.exactP < 0.05)
  count('test all-satisfied, mid-p McNemar', ofAll.mcNemar!.midP < 0.05)
}

function tableOf({ asked }: SimulatedPair, passed: Uint8Array): MetricTable {
  const table = createMetricTable()
  asked.forEach((denominator, prompt) => {
    const cluster = `${prompt}`
    table.ratio(csr, { cluster, numerator: passed[prompt]!, denominator })
    table.ratio(allSatisfied, { cluster, numerator: Number(passed[prompt] === denominator), denominator: 1 })
  })
  return table
}

function holds(interval: Interval | null, value: number): boolean {
  return interval !== null && interval.low <= value && value <= interval.high
}
