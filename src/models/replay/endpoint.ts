import { basename } from 'node:path'
import type { Message } from '../../core/message.ts'
import { toAnswer } from '../answer.ts'
import { abortedError, CallError } from '../call-error.ts'
import type { CallMeta, Endpoint, EndpointReply, EndpointRequest } from '../endpoint.ts'
import type { EndpointOptions } from '../endpoint-options.ts'
import { splitThinking, type ThinkingMode } from '../split-thinking.ts'
import { isAbout } from './judgement.ts'
import { matchesPrompt, squeeze } from './matches-prompt.ts'
import { type ReplayRow, readRow } from './read-row.ts'
import { Recording } from './recording.ts'
import { lastUserText, ReplayIndex } from './replay-index.ts'

/** Finish reasons of a response that was cut at a token limit. */
const cutReasons = new Set(['length', 'max_tokens'])

/** Responses that were made elsewhere. The texts stay in the file. */
export class ReplayEndpoint implements Endpoint {
  readonly kind = 'replay'
  readonly dependsOnMeta = true
  readonly id: string
  readonly model: string
  readonly recordedSamples: number
  readonly #recording: Recording
  readonly #index: ReplayIndex
  readonly #thinking: ThinkingMode

  constructor(recording: Recording, index: ReplayIndex, thinking: ThinkingMode) {
    this.id = `replay ${recording.digest}${thinking === 'auto' ? '' : ` thinking=${thinking}`}`
    this.model = basename(recording.file)
    this.recordedSamples = index.mostSamples
    this.#recording = recording
    this.#index = index
    this.#thinking = thinking
  }

  async complete(request: EndpointRequest, signal: AbortSignal): Promise<EndpointReply> {
    if (signal.aborted) throw abortedError()
    const { item, sample, purpose } = request.meta
    if (purpose !== 'generate' && this.#index.judgements > 0) return this.#judge(request)
    const rows = this.#find(request)
    if (rows.length === 0) {
      const what = purpose === 'generate' ? 'response for' : 'judge reply (judge_response), nor this prompt, for'
      throw missing(`${this.model} holds no ${what} ${describe(item)}`)
    }
    let before = 0
    for (const number of rows) {
      const count = this.#index.samplesOf(number)
      if (sample < before + count) return this.#reply(number, sample - before, request)
      before += count
    }
    throw missing(`${this.model} holds ${before} responses for ${describe(item)}, asked for number ${sample + 1}`)
  }

  answers(request: EndpointRequest): boolean {
    return this.#find(request).some((row) => this.#index.samplesOf(row) > 0)
  }

  async close(): Promise<void> {
    this.#recording.close()
  }

  /**
   * Records of the request's item: by the whole conversation, by the prompt of a single-turn item, by id, at last by
   * the last user message. Where two items share a prompt, the id decides.
   */
  #find({ messages, meta }: EndpointRequest): readonly number[] {
    const index = this.#index
    const byId = meta.item === undefined || meta.purpose !== 'generate' ? [] : index.byId(meta.item)
    const last = lastUserText(messages)
    const byLast = last === null ? [] : index.byPrompt(last)
    const turns = messages.filter((message) => message.role !== 'system').length
    const exact = index.byConversation(messages)
    const byText = exact.length > 0 || turns > 1 ? exact : byLast
    const both = byText.filter((row) => byId.includes(row))
    for (const rows of [both, byText, byId, byLast]) if (rows.length > 0) return rows
    return []
  }

  /** What a judge is recorded to have said about the item's response. */
  #judge({ messages, meta }: EndpointRequest): EndpointReply {
    const { item = '', sample } = meta
    let before = 0
    for (const number of this.#index.judgementsOf(item)) {
      const { value, line } = this.#recording.read(this.#index.span(number))
      const row = readRow(value)!
      const judgement = row.judgement!
      if (!isAbout(judgement, meta)) continue
      const start = judgement.sample ?? before
      before = start + judgement.replies.length
      if (sample < start || sample >= before) continue
      if (!this.#isJudged(row, messages)) {
        throw missing(
          `${this.model}:${line} judges another response than the one to ${describe(item)} that is asked about`,
        )
      }
      const reply = judgement.replies[sample - start]!
      if (reply === null)
        throw missing(`${this.model}:${line} says that there was no judge reply about ${describe(item)}`)
      // A name beside a judgement is that of the checkpoint that was judged.
      return this.#toReply({ ...row, model: null, reasoning: null, finishReason: null }, reply, line)
    }
    throw missing(`${this.model} holds no judge reply for ${describeQuestion(meta)}`)
  }

  /** Guards against judgements of another checkpoint: a response that the record holds must stand in the judge's prompt. */
  #isJudged({ responses }: ReplayRow, messages: readonly Message[]): boolean {
    const texts = (responses ?? []).filter((text) => text !== null)
    if (texts.length === 0) return true
    const asked = squeeze(messages.map(({ content }) => content).join('\n'))
    return texts.some((text) => {
      const { answer } = splitThinking(text, 'auto')
      return [text, answer ?? text].some((part) => asked.includes(squeeze(part)))
    })
  }

  #reply(number: number, position: number, request: EndpointRequest): EndpointReply {
    const { value, line } = this.#recording.read(this.#index.span(number))
    const row = readRow(value)!
    const { item } = request.meta
    if (!matchesPrompt(row, request.messages)) {
      throw missing(`${this.model}:${line} has the id of ${describe(item)} but another prompt`)
    }
    const response = row.responses![position]!
    if (response === null) throw missing(`${this.model}:${line} says that there was no response for ${describe(item)}`)
    return this.#toReply(row, response, line)
  }

  #toReply(row: ReplayRow, response: string, line: number): EndpointReply {
    const { reasoning, finishReason, model } = row
    const cut = cutReasons.has(finishReason ?? '')
    const parts = { content: response, reasoning: reasoning ?? '', cut, withheld: false, reasoningTokens: null }
    const raw = { file: this.model, line, response, finishReason, reasoning, model }
    return { ...toAnswer(parts, this.#thinking), finishReason, returnedModel: model, usage: null, raw }
  }
}

/**
 * Opens a file of responses and indexes it.
 * @throws DataError naming file and line of what is wrong
 */
export async function createReplay(file: string, options: EndpointOptions): Promise<ReplayEndpoint> {
  const recording = await Recording.open(file)
  try {
    const index = await ReplayIndex.build(recording)
    return new ReplayEndpoint(recording, index, options.thinking ?? 'auto')
  } catch (error) {
    recording.close()
    throw error
  }
}

function missing(message: string): CallError {
  return new CallError('not-found', message)
}

function describeQuestion({ item, constraint, purpose, sample, attempt }: CallMeta): string {
  const about = [
    describe(item),
    constraint === undefined ? '' : `constraint ${constraint}`,
    purpose === 'judge' ? '' : `step ${purpose}`,
    sample > 0 ? `sample ${sample + 1}` : '',
    attempt > 0 ? `round ${attempt + 1}` : '',
  ]
  return about.filter(Boolean).join(', ')
}

function describe(item: string | undefined): string {
  return item === undefined ? 'this prompt' : `item ${item}`
}
