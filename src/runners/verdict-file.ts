import { once } from 'node:events'
import { createWriteStream, existsSync, renameSync, rmSync, type WriteStream } from 'node:fs'
import type { Verdict } from '../core/verdict.ts'
import { LogWriteError } from './append-log.ts'

/** One line of `verdicts.jsonl`. */
export interface VerdictRecord extends Verdict {
  readonly benchmark: string
  readonly edition: string
}

/**
 * Writes the verdicts of one scoring pass. Verdicts follow from the call log, so a pass writes a new file beside the
 * old one and puts it in place when it is done; a pass that dies leaves the old one untouched.
 */
export class VerdictFile {
  readonly #file: string
  readonly #draft: string
  readonly #stream: WriteStream
  #failure: Error | null = null

  constructor(file: string) {
    this.#file = file
    this.#draft = `${file}.next`
    this.#stream = createWriteStream(this.#draft, { highWaterMark: 1 << 18 })
    this.#stream.on('error', (error) => {
      this.#failure = error
    })
  }

  /** Writes the verdicts of one response, waiting where the disk is slower than the scoring. */
  async write(benchmark: string, edition: string, verdicts: readonly Verdict[]): Promise<void> {
    this.#throwOnFailure()
    let lines = ''
    for (const verdict of verdicts) lines += `${JSON.stringify({ benchmark, edition, ...verdict })}\n`
    if (lines === '' || this.#stream.write(lines)) return
    await this.#drained()
    this.#throwOnFailure()
  }

  /** Completes the file and puts it in place. */
  async finish(): Promise<void> {
    await this.#end()
    this.#throwOnFailure()
    renameSync(this.#draft, this.#file)
  }

  /** Ends an incomplete pass: its verdicts are kept only when there are no older ones. */
  async abandon(): Promise<void> {
    await this.#end()
    if (this.#failure === null && !existsSync(this.#file)) renameSync(this.#draft, this.#file)
    else rmSync(this.#draft, { force: true })
  }

  /** Resolves when the stream takes more, or is closed because it failed. */
  #drained(): Promise<void> {
    const stream = this.#stream
    if (stream.closed) return Promise.resolve()
    return new Promise((resolve) => {
      const settle = () => {
        stream.off('drain', settle).off('close', settle)
        resolve()
      }
      stream.on('drain', settle).on('close', settle)
    })
  }

  async #end(): Promise<void> {
    if (this.#stream.closed) return
    this.#stream.end()
    await once(this.#stream, 'close').catch(() => undefined)
  }

  #throwOnFailure(): void {
    if (!this.#failure) return
    throw new LogWriteError('verdict-write', `Could not write ${this.#draft}: ${this.#failure.message}`, {
      hint: 'The call log is whole. Free disk space and run the same command again.',
      cause: this.#failure,
    })
  }
}
