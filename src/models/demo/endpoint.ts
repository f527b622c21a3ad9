import { toAnswer } from '../answer.ts'
import { abortedError, CallError } from '../call-error.ts'
import type { CallMeta, Endpoint, EndpointReply, EndpointRequest } from '../endpoint.ts'
import type { EndpointOptions } from '../endpoint-options.ts'
import type { DemoName } from '../model-spec.ts'
import { embeddedSamples, judgeKey, readJudgeReplies, readResponses, responseKey } from './sample-recording.ts'

/**
 * Recorded replies to the embedded sample: `base` and `tuned` answer its items, `judge` judges their answers. Looked up
 * by what the call is about; the texts that are sent do not count.
 */
export class DemoEndpoint implements Endpoint {
  readonly kind = 'demo'
  readonly dependsOnMeta = true
  readonly id: string
  readonly model: string
  readonly #name: DemoName
  readonly #root: string
  readonly #recordings = new Map<string, Promise<Map<string, string>>>()

  constructor(name: DemoName, root: string) {
    this.id = `demo ${name}`
    this.model = `demo/${name}`
    this.#name = name
    this.#root = root
  }

  async complete({ meta }: EndpointRequest, signal: AbortSignal): Promise<EndpointReply> {
    if (signal.aborted) throw abortedError()
    const recording = await this.#recording(meta.benchmark)
    const text = recording.get(this.#key(meta))
    if (text === undefined) throw new CallError('not-found', notRecorded(this.model, meta, recording.size))
    const parts = { content: text, reasoning: '', cut: false, withheld: false, reasoningTokens: null }
    const raw = { demo: this.#name, reply: text }
    return { ...toAnswer(parts, 'auto'), finishReason: 'stop', returnedModel: this.model, usage: null, raw }
  }

  #recording(benchmark: string): Promise<Map<string, string>> {
    let recording = this.#recordings.get(benchmark)
    if (!recording) {
      recording =
        this.#name === 'judge'
          ? readJudgeReplies(this.#root, benchmark)
          : readResponses(this.#root, benchmark, this.#name)
      this.#recordings.set(benchmark, recording)
    }
    return recording
  }

  #key(meta: CallMeta): string {
    const { item = '', constraint = null, purpose, sample, attempt } = meta
    if (this.#name !== 'judge') return responseKey(item, sample)
    const checkpoint = meta.subject.replace(/^demo\//, '')
    return judgeKey({ checkpoint, item, constraint, purpose, attempt })
  }
}

/** Makes a demo endpoint. */
export async function createDemo(name: DemoName, options: EndpointOptions): Promise<DemoEndpoint> {
  return new DemoEndpoint(name, options.samplesRoot ?? embeddedSamples)
}

function notRecorded(model: string, meta: CallMeta, size: number): string {
  const { benchmark, item, constraint, purpose, subject, sample, attempt } = meta
  const about = [
    `item ${item ?? '(none)'}`,
    constraint === undefined ? '' : `constraint ${constraint}`,
    `purpose ${purpose}`,
    `sample ${sample}`,
    attempt > 0 ? `attempt ${attempt}` : '',
    `checkpoint ${subject}`,
  ]
  const known = size === 0 ? `nothing is recorded for ${benchmark}` : `${size} replies are recorded for ${benchmark}`
  return `${model} only answers the embedded sample; asked about ${about.filter(Boolean).join(', ')}, but ${known}`
}
