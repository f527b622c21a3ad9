import { printable } from '../core/printable.ts'

/** Width of the terminal that stdout is, 100 where it is none. */
export function terminalWidth(): number {
  return process.stdout.columns ?? 100
}

/** Writes a result to stdout: nothing else goes there. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Writes a result as JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** Writes a line for people to stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Says that a path which a shell pattern gave is not taken. */
export function passedOver(path: string, reason: string): void {
  say(printable(`passed over ${path}: ${reason}`))
}
