import { once } from 'node:events'
import { createWriteStream, readdirSync, renameSync, rmSync, type WriteStream } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Removes drafts of a file that a killed process left; for callers who are alone in the folder. */
export function removeDrafts(file: string): void {
  const folder = dirname(file)
  const isDraft = (name: string) => name.startsWith(`${basename(file)}.`) && /\.\d+\.tmp$/.test(name)
  for (const name of readdirSync(folder).filter(isDraft)) rmSync(join(folder, name), { force: true })
}

/** A JSONL file that is written beside its place and put there when it is complete. */
export class LineFile {
  readonly #file: string
  readonly #draft: string
  readonly #stream: WriteStream
  #failure: Error | null = null

  constructor(file: string) {
    this.#file = file
    this.#draft = `${file}.${process.pid}.tmp`
    this.#stream = createWriteStream(this.#draft, { highWaterMark: 1 << 18 })
    this.#stream.on('error', (error) => {
      this.#failure = error
    })
  }

  /** Waits where the disk is slower than the lines. @throws the error of the stream */
  async write(record: unknown): Promise<void> {
    if (this.#failure) throw this.#failure
    if (!this.#stream.write(`${JSON.stringify(record)}\n`)) {
      await Promise.race([once(this.#stream, 'drain'), once(this.#stream, 'close')])
    }
  }

  /** @throws the error of the stream: then nothing is put in place */
  async finish(): Promise<void> {
    await this.#end()
    if (this.#failure) throw this.#failure
    renameSync(this.#draft, this.#file)
  }

  /** Leaves what was there before. */
  async abandon(): Promise<void> {
    await this.#end()
    rmSync(this.#draft, { force: true })
  }

  async #end(): Promise<void> {
    if (this.#stream.closed) return
    this.#stream.end()
    await once(this.#stream, 'close').catch(() => undefined)
  }
}
