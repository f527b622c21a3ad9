import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { CallRole } from '../../core/call.ts'
import type { BatchTarget } from '../bind-endpoint.ts'
import type { BatchRequestFile } from './batch-folder.ts'

/** Limits of one file of requests. */
export interface BatchLimits {
  readonly requests: number
  readonly bytes: number
}

/** An endpoint whose requests are written. */
export interface BatchDestination {
  readonly role: CallRole
  readonly model: string
  readonly apiKeyEnv: string | null
  readonly batch: BatchTarget
}

type Open = { -readonly [Name in keyof BatchRequestFile]: BatchRequestFile[Name] } & { descriptor: number }

/** Writes requests into files, one endpoint a file, a new file where a limit is reached. */
export class RequestFiles {
  readonly #folder: string
  readonly #limits: BatchLimits
  readonly #files: Open[] = []

  constructor(folder: string, limits: BatchLimits) {
    this.#folder = folder
    this.#limits = limits
  }

  get files(): readonly BatchRequestFile[] {
    return this.#files.map(({ descriptor: _open, ...file }) => file)
  }

  /** Writes one request. @returns index of its file */
  write(key: string, destination: BatchDestination, body: Record<string, unknown>): number {
    const line = `${JSON.stringify(requestLine(key, destination.batch, body))}\n`
    const bytes = Buffer.byteLength(line, 'utf8')
    const file = this.#fileFor(destination, bytes)
    writeSync(file.descriptor, line)
    file.requests += 1
    file.bytes += bytes
    return this.#files.indexOf(file)
  }

  close(): void {
    for (const { descriptor } of this.#files) closeSync(descriptor)
  }

  #fileFor({ role, model, apiKeyEnv, batch }: BatchDestination, bytes: number): Open {
    const own = this.#files.filter((file) => file.role === role)
    const last = own.at(-1)
    const { requests, bytes: most } = this.#limits
    if (last && last.requests < requests && last.bytes + bytes <= most) return last
    const file = `requests-${role}-${own.length + 1}.jsonl`
    const { kind, address, thinking } = batch
    const descriptor = openSync(join(this.#folder, file), 'w')
    const opened = { file, role, model, apiKeyEnv, kind, address, thinking, requests: 0, bytes: 0, descriptor }
    this.#files.push(opened)
    return opened
  }
}

/** One request in the form of the provider's batch API. OpenAI's is also that of vLLM's offline runner. */
function requestLine(key: string, { kind }: BatchTarget, body: Record<string, unknown>): Record<string, unknown> {
  return kind === 'anthropic'
    ? { custom_id: key, params: body }
    : { custom_id: key, method: 'POST', url: '/v1/chat/completions', body }
}
