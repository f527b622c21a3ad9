import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Table from 'cli-table3'

/** A measurement: run it alone on a quiet machine. */
export interface PerformanceBench {
  readonly name: string
  /** One row per figure; a row without figures says in `note` why it was skipped. */
  run(): Promise<readonly Readonly<Record<string, number | string>>[]>
}

const folder = dirname(fileURLToPath(import.meta.url))
const wanted = process.argv.slice(2)
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.startsWith('_'))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
if (files.length === 0) {
  console.error(`No measurement matches ${wanted.join(', ')}. There are: ${readdirSync(folder).join(', ')}`)
  process.exit(2)
}

const results: Record<string, readonly Readonly<Record<string, number | string>>[]> = {}
for (const file of files) {
  const bench = ((await import(`./${file}`)) as { default: PerformanceBench }).default
  console.log(`\n${bench.name}`)
  const rows = await bench.run()
  results[bench.name] = rows
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const table = new Table({ head: columns, style: { head: [], border: [], compact: true } })
  for (const row of rows) table.push(columns.map((column) => format(row[column])))
  console.log(table.toString())
}

const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
const output = join(folder, 'results', `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.json`)
mkdirSync(dirname(output), { recursive: true })
writeFileSync(output, `${JSON.stringify({ machine, results }, null, 2)}\n`)
console.log(`\nwritten to bench/results/`)

function format(value: number | string | undefined): string {
  if (typeof value !== 'number') return value ?? ''
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}
