import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ConformanceReport, type ConformanceSuite } from './suite.ts'
import { suites } from './suites.ts'

const usage = `npm run conformance -- [suite ...] [--golden DIR] [--data DIR] [--verbose]
Replays golden verdicts through the real code paths and prints the agreement.
suites: ${Object.keys(suites).join(', ')}`

const sharedFolder = join(dirname(fileURLToPath(import.meta.url)), '../../../shared')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    golden: { type: 'string' },
    data: { type: 'string' },
    verbose: { type: 'boolean', short: 'v', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}
process.exitCode = await main()

async function main(): Promise<number> {
  const unknown = positionals.filter((name) => !(name in suites))
  if (unknown.length > 0) {
    console.error(`Unknown suite: ${unknown.join(', ')}\n${usage}`)
    return 2
  }
  const goldenRoot = resolve(values.golden ?? join(sharedFolder, 'golden'))
  if (!existsSync(goldenRoot)) {
    if (values.golden) {
      console.error(`Expected a folder of golden files at ${goldenRoot}, found none.`)
      return 2
    }
    console.log(
      'Conformance skipped: there is no folder of golden files beside this checkout. Give one with --golden DIR.',
    )
    return 0
  }
  const sibling = resolve(goldenRoot, '../data')
  const dataRoot = resolve(values.data ?? (existsSync(sibling) ? sibling : join(sharedFolder, 'data')))
  let agreed = 0
  let missed = 0
  let skipped = 0
  for (const name of positionals.length > 0 ? positionals : Object.keys(suites)) {
    const folder = goldenFolder(goldenRoot, name)
    if (!folder) {
      console.log(`${name}: skipped, ${goldenRoot} has no folder of that name`)
      continue
    }
    const suite = (await suites[name]!()) as ConformanceSuite
    const report = new ConformanceReport()
    const started = performance.now()
    await suite.run({ golden: folder, data: dataRoot }, report)
    const totals = print(name, report, (performance.now() - started) / 1000)
    agreed += totals.agreed
    missed += totals.missed
    skipped += totals.skipped
  }
  console.log(`conformance: ${agreed} passed, ${missed} failed, ${skipped} skipped`)
  return missed === 0 ? 0 : 1
}

function goldenFolder(root: string, name: string): string | null {
  const nested = join(root, name)
  if (existsSync(nested)) return nested
  const isFlat = positionals.length === 1 && readdirSync(root).some((file) => /\.jsonl?(\.gz)?$/.test(file))
  return isFlat ? root : null
}

function print(name: string, report: ConformanceReport, seconds: number) {
  let agreed = 0
  let missed = 0
  let skipped = 0
  console.log(`\n${name} (${seconds.toFixed(1)} s)`)
  for (const [file, groups] of report.tallies) {
    for (const [group, { agree, misses, skips }] of groups) {
      const compared = agree + misses.length
      agreed += agree
      missed += misses.length
      skipped += skips.length
      const note = skips.length > 0 ? `, ${skips.length} skipped` : ''
      console.log(`  ${misses.length === 0 ? 'ok  ' : 'MISS'} ${file}  ${group}: ${agree}/${compared}${note}`)
      for (const { id, detail } of misses.slice(0, values.verbose ? Number.POSITIVE_INFINITY : 5)) {
        console.log(`         ${id}: ${detail}`)
      }
      for (const { id, reason } of values.verbose ? skips : skips.slice(0, 3))
        console.log(`         skipped ${id}: ${reason}`)
    }
  }
  for (const file of report.absentFiles) console.log(`  absent ${file}`)
  return { agreed, missed, skipped }
}
