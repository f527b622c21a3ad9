import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const rounds = 20

/** Median wall time of a whole process, in milliseconds. */
function median(args: readonly string[]): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now()
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`)
    return performance.now() - started
  })
  return times.sort((a, b) => a - b)[rounds / 2]!
}

export default {
  name: 'Cold start',
  async run() {
    if (!existsSync(main)) return [{ command: 'bench --help', note: 'not built: npm run build' }]
    const bare = median(['-e', '0'])
    const rows = [
      { command: 'node -e 0', ms: bare, ratio: 1 },
      ...[['--help'], ['--version'], ['list'], ['run', '--help']].map((args) => {
        const ms = median([main, ...args])
        return { command: `bench ${args.join(' ')}`, ms, ratio: ms / bare }
      }),
    ]
    return rows
  },
}
