import type { RewardModelPair, RewardModelScore } from '../../../scoring-context.ts'
import type {
  OverlongPolicy,
  RewardModelEndpoint,
  RewardModelEndpointOptions,
  RewardModelStats,
} from '../endpoint-options.ts'
import type { InputTemplate } from '../input-template.ts'
import { fitResponse } from '../overlong.ts'
import { StatsCounter, scoreOf } from '../score-of.ts'
import { type ItemScore, readTwoLogits } from '../two-class.ts'
import { isWellFormed, wellFormed } from '../well-formed.ts'
import { halfToNumber } from './half-precision.ts'
import type { OnnxRuntime, OnnxSession, OnnxTensor } from './load-peers.ts'

/** Everything a scorer in process is made of. */
export interface OnnxScorerParts {
  readonly id: string
  readonly runtime: OnnxRuntime
  readonly session: OnnxSession
  readonly template: InputTemplate
  readonly positive: number
  /** Tokens of a whole text, or null for no limit. */
  readonly limit: number | null
  readonly overlong: OverlongPolicy
  /** Token ids with the tokenizer's own special tokens. */
  readonly encode: (text: string) => readonly number[]
  readonly options: RewardModelEndpointOptions
}

interface Prepared {
  readonly index: number
  readonly ids: readonly number[]
  readonly truncated: boolean
}

/**
 * A classifier in this process. Texts share a batch only where they have the same number of tokens: decoder classifiers
 * read the last token, and padding can change which one that is.
 */
export class OnnxScorer implements RewardModelEndpoint {
  readonly id: string
  readonly threshold: number
  readonly promptLabel: string
  readonly #parts: OnnxScorerParts
  readonly #counter = new StatsCounter()
  /** One run at a time: the runtime uses all cores for each. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: OnnxScorerParts) {
    this.#parts = parts
    this.id = parts.id
    this.threshold = parts.options.threshold ?? 0.5
    this.promptLabel = parts.template.label
  }

  get stats(): RewardModelStats {
    return this.#counter.stats
  }

  async score(pairs: readonly RewardModelPair[]): Promise<readonly RewardModelScore[]> {
    const outcomes: (RewardModelScore | undefined)[] = new Array(pairs.length)
    const byLength = new Map<number, Prepared[]>()
    for (const [index, pair] of pairs.entries()) {
      const prepared = this.#prepare(pair, index)
      if ('error' in prepared) {
        outcomes[index] = scoreOf(pair.id, prepared, false)
        continue
      }
      const group = byLength.get(prepared.ids.length)
      if (group) group.push(prepared)
      else byLength.set(prepared.ids.length, [prepared])
    }
    const size = this.#parts.options.batchSize ?? 16
    for (const group of byLength.values()) {
      for (let start = 0; start < group.length; start += size) {
        const batch = group.slice(start, start + size)
        const scores = await this.#turn(() => this.#run(batch))
        for (const [position, { index, truncated }] of batch.entries()) {
          outcomes[index] = scoreOf(pairs[index]!.id, scores[position]!, truncated)
        }
      }
    }
    const scores = outcomes as RewardModelScore[]
    for (const [index, score] of scores.entries()) this.#counter.count(score, !isWellFormed(pairs[index]!.response))
    return scores
  }

  async close(): Promise<void> {
    await this.#last
    await this.#parts.session.release?.()
  }

  #prepare(pair: RewardModelPair, index: number): Prepared | { readonly error: string } {
    const { template, limit, overlong, encode } = this.#parts
    const constraint = wellFormed(pair.constraint)
    const render = (response: string) => template.render(response, constraint)
    const whole = wellFormed(pair.response)
    if (limit === null) return { index, ids: encode(render(whole)), truncated: false }
    // Tokenizing costs more than all the rest here: what was counted last is mostly what is asked about.
    let last: { readonly text: string; readonly ids: readonly number[] } | null = null
    const idsOf = (text: string) => {
      if (last?.text !== text) last = { text, ids: encode(text) }
      return last.ids
    }
    const count = (text: string) => idsOf(text).length
    const fit = fitResponse(whole, { limit, policy: overlong, count, render })
    if (fit.kind === 'overlong') return { error: `rm_overlong: ${fit.tokens} tokens, the limit is ${limit}` }
    return { index, ids: idsOf(render(fit.response)), truncated: fit.truncated }
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #run(batch: readonly Prepared[]): Promise<readonly ItemScore[]> {
    const { session, positive, options } = this.#parts
    if (options.signal?.aborted) return batch.map(() => ({ error: 'stopped before the model was asked' }))
    this.#counter.requests += 1
    try {
      const outputs = await session.run(this.#feeds(batch))
      const logits = outputs.logits ?? outputs[session.outputNames[0] ?? '']
      return readLogits(logits, batch.length, positive)
    } catch (error) {
      const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
      return batch.map(() => ({ error: `the model failed: ${message}` }))
    }
  }

  #feeds(batch: readonly Prepared[]): Record<string, OnnxTensor> {
    const { runtime, session } = this.#parts
    const length = batch[0]!.ids.length
    const dims = [batch.length, length]
    const fill = (value: (item: Prepared, position: number) => number) => {
      const data = new BigInt64Array(batch.length * length)
      for (const [row, item] of batch.entries()) {
        for (let position = 0; position < length; position += 1)
          data[row * length + position] = BigInt(value(item, position))
      }
      return new runtime.Tensor('int64', data, dims)
    }
    const makers: Readonly<Record<string, () => OnnxTensor>> = {
      input_ids: () => fill(({ ids }, position) => ids[position]!),
      attention_mask: () => fill(() => 1),
      token_type_ids: () => fill(() => 0),
      position_ids: () => fill((_item, position) => position),
    }
    return Object.fromEntries(session.inputNames.map((name) => [name, makers[name]!()]))
  }
}

/** Reads one value of a tensor; null for a type that holds no logits. */
function readerOf({ data, type }: OnnxTensor): ((at: number) => number) | null {
  if (type === 'float32' || type === 'float64') return (at) => Number(data[at])
  if (type !== 'float16') return null
  // Engines without Float16Array give the bits.
  return data instanceof Uint16Array ? (at) => halfToNumber(data[at]!) : (at) => Number(data[at])
}

function readLogits(tensor: OnnxTensor | undefined, count: number, positive: number): readonly ItemScore[] {
  const [rows, classes] = tensor?.dims ?? []
  if (!tensor || rows !== count || classes !== 2) {
    const shape = tensor?.dims.join(' x ') ?? 'nothing'
    return Array.from({ length: count }, () => ({ error: `expected two logits per text (${count} x 2), got ${shape}` }))
  }
  const value = readerOf(tensor)
  if (value === null) {
    return Array.from({ length: count }, () => ({
      error: `expected logits as floating point numbers, got ${tensor.type}`,
    }))
  }
  return Array.from({ length: count }, (_, row) => readTwoLogits([value(2 * row), value(2 * row + 1)], positive))
}
