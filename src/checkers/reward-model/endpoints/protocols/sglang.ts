import type { RewardProtocol } from '../protocol.ts'
import { readLabelledClasses } from '../read-labelled-classes.ts'
import { arrayIn, byIndex, isRecord, unexpectedReply } from '../read-reply.ts'
import { type ItemScore, readTwoLogits } from '../two-class.ts'
import { learnModel } from './vllm.ts'

const shared = {
  buildsText: false,
  refusesLength: true,
  batchSize: 32,
  concurrency: 8,
  maxBatchBytes: 8_000_000,
} as const

/** `POST /v1/classify` of SGLang, which applies softmax itself. */
export const sglangClassify: RewardProtocol = {
  ...shared,
  name: 'sglang',
  prepare: learnModel,
  request: (items, { model }) => ({
    path: '/v1/classify',
    body: { model: model ?? 'default', input: items.map(({ text }) => text) },
  }),
  // An item that the model gave nothing for comes as one class "Default" with probability 1.
  read: (reply, items, facts) =>
    byIndex(arrayIn(reply, 'data'), items.length).map((entry) => readLabelledClasses(entry, facts)),
}

/** Native `POST /classify` of SGLang: raw values. */
export const sglangNative: RewardProtocol = {
  ...shared,
  name: 'sglang-native',
  request: (items) => ({ path: '/classify', body: { text: items.map(({ text }) => text) } }),
  read: (reply, items, { positive }) => {
    const entries = Array.isArray(reply) ? (reply as unknown[]) : [reply]
    if (entries.length !== items.length) {
      throw unexpectedReply(`${items.length} entries, one per pair`, `${entries.length} entries`)
    }
    return entries.map((entry): ItemScore => {
      if (!isRecord(entry)) throw unexpectedReply('an object per pair', entry)
      return readTwoLogits(entry.embedding, positive)
    })
  },
}
