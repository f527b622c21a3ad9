#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { commandTable } from './command-table.ts'

// A reader that has seen enough (`bench list | head`) closes the pipe: nothing of ours is wrong then, and a run goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

const [, , first, ...rest] = process.argv

if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
  process.stdout.write(overview())
} else if (first === '--version' || first === '-V') {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  process.stdout.write(`${manifest.version}\n`)
} else {
  const { runCommand } = await import('./run-command.ts')
  process.exitCode = await runCommand(first === 'help' ? [rest[0]!, '--help'] : [first, ...rest])
}

function overview(): string {
  const width = Math.max(...Object.keys(commandTable).map((name) => name.length))
  const lines = Object.entries(commandTable).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `bench: the instruction-following evaluation harness

Usage: bench <command> [options]

${lines.join('\n')}

Try it without a key, a download or a network:
  bench run --suite ood

Examples:
  bench run --suite id --model http://localhost:8000/v1
  bench run --bench ifeval --model openai/gpt-4o-mini --max-cost 2
  bench score responses.jsonl --bench ifeval
  bench table results/*

Help on a command: bench <command> --help
Results go to stdout, progress and logs to stderr. Exit codes: 0 done, 1 done but incomplete,
2 wrong input, 3 stopped early and resumable, 4 internal error.
`
}
