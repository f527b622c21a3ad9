import { printable } from '../core/printable.ts'
import { wrapLines } from './wrap-lines.ts'

/** Width of the terminal that stdout is, 100 where it is none. */
export function terminalWidth(): number {
  return process.stdout.columns ?? 100
}

/** Writes a result to stdout: nothing else goes there. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Writes a result for people: on a terminal, long lines break between words. */
export function printText(text: string): void {
  print(process.stdout.isTTY ? wrapLines(text, terminalWidth()) : text)
}

/** Writes a result as JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** A line for people as a terminal shows it best: with its breaks between words. */
export function forStderr(text: string): string {
  return process.stderr.isTTY ? wrapLines(text, process.stderr.columns ?? 100) : text
}

/** True where stderr is a terminal that can move its cursor. */
export function canDrawOnStderr(): boolean {
  return process.stderr.isTTY === true && process.env.TERM !== 'dumb'
}

/** Writes a line for people to stderr. */
export function say(text: string): void {
  process.stderr.write(`${forStderr(text)}\n`)
}

/** Says that a path which a shell pattern gave is not taken. */
export function passedOver(path: string, reason: string): void {
  say(printable(`passed over ${path}: ${reason}`))
}
