import { type Command, CommanderError } from 'commander'
import { didYouMean } from '../core/did-you-mean.ts'
import { HeedError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'
import { commandTable } from './command-table.ts'
import { exitCodes } from './exit-codes.ts'
import { fileErrorMessage } from './file-error.ts'
import { limitHeapGrowth } from './heap-growth.ts'

/**
 * Runs one command and returns the exit code. Errors that a user can mend are printed without a stack trace.
 * @param words command name and its arguments
 */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words
  const entry = Object.hasOwn(commandTable, name) ? commandTable[name] : undefined
  if (!entry) {
    const near = didYouMean(name, Object.keys(commandTable))
    process.stderr.write(`error: Unknown command \`${printable(name)}\`.${near ? ` Did you mean \`${near}\`?` : ''}\n`)
    process.stderr.write('  See bench --help for the commands.\n')
    return exitCodes.usage
  }
  limitHeapGrowth()
  try {
    const command = await entry.load()
    speakAs(command, `bench ${name}`)
    await command.parseAsync(rest, { from: 'user' })
    return Number(process.exitCode ?? exitCodes.ok)
  } catch (error) {
    return report(error)
  }
}

/** Names a command and its subcommands as people call them, and says after a mistake where help is. */
function speakAs(command: Command, name: string): void {
  for (const child of command.commands) speakAs(child, `${name} ${child.name()}`)
  command.exitOverride()
  // Commander prints the name in usages only; children print that of their parent before it.
  command.showHelpAfterError(`  See ${name} --help.`)
  if (!command.parent) command.name(name)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (HeedError.is(error)) {
    process.stderr.write(`error: ${printable(error.message)}\n`)
    if (error.hint) process.stderr.write(`  ${printable(error.hint)}\n`)
    if (process.env.BENCH_DEBUG) process.stderr.write(`${printable(error.stack ?? '')}\n`)
    return error.exitCode
  }
  const fileError = fileErrorMessage(error)
  if (fileError !== null) {
    process.stderr.write(
      `error: ${printable(fileError)}\n  Choose another place, or mend this one; a run goes on with the same command.\n`,
    )
    return exitCodes.usage
  }
  process.stderr.write(
    `internal error: ${printable(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  )
  process.stderr.write('  This is a defect of the program. Please report it with the lines above.\n')
  return exitCodes.internal
}
