import { EndpointError } from '../../../../core/errors.ts'
import { type LabelMap, positiveIndexOf } from '../positive-class.ts'
import type { ModelFacts, RewardProtocol } from '../protocol.ts'
import { isRecord, unexpectedReply } from '../read-reply.ts'
import { describe, type ItemScore, readTwoClasses } from '../two-class.ts'

/**
 * `POST /predict` of text-embeddings-inference. Every text is wrapped in an array of its own: a flat array of two would
 * be one pair of segments. Truncation is switched off: the server's default cuts the end, which is the constraint.
 */
export const tei: RewardProtocol = {
  name: 'tei',
  buildsText: false,
  refusesLength: true,
  batchSize: 32,
  concurrency: 8,
  maxBatchBytes: 1_800_000,
  async prepare(ask, _facts, options) {
    const info = parse((await ask('/info')).text)
    const type = isRecord(info) && isRecord(info.model_type) ? info.model_type : null
    if (type && !isRecord(type.classifier)) {
      const kind = Object.keys(type)[0] ?? 'something else'
      throw new EndpointError(
        'rm-classes',
        `Expected a classifier behind /predict, the server serves a model of the kind ${kind}`,
      )
    }
    const labels = type && isRecord(type.classifier) ? labelMap(type.classifier.id2label) : null
    if (labels === null && options.positiveLabel === undefined) {
      throw new EndpointError('rm-label', 'Expected the labels of the model in GET /info, found none', {
        hint: 'The server sorts classes by score: name the one that means "satisfied" with the setting positive=<label>.',
      })
    }
    const known = isRecord(info) ? info : {}
    return {
      labels,
      positive: positiveIndexOf(labels, options),
      model: typeof known.model_id === 'string' ? known.model_id : null,
      revision: typeof known.model_sha === 'string' ? known.model_sha.slice(0, 12) : null,
      maxTokens: typeof known.max_input_length === 'number' ? known.max_input_length : null,
      maxBatch: typeof known.max_client_batch_size === 'number' ? known.max_client_batch_size : null,
    }
  },
  request: (items) => ({
    path: '/predict',
    body: { inputs: items.map(({ text }) => [text]), truncate: false, raw_scores: false },
  }),
  read: (reply, items, facts) => {
    if (!Array.isArray(reply) || reply.length !== items.length) {
      throw unexpectedReply(
        `${items.length} arrays, one per pair`,
        Array.isArray(reply) ? `${reply.length} entries` : reply,
      )
    }
    return reply.map((entry) => readSorted(entry, facts))
  },
}

/** Classes come sorted by score, so that only the label tells them apart. */
function readSorted(entry: unknown, { labels, positive, positiveLabel, logits }: ModelFacts): ItemScore {
  if (!Array.isArray(entry)) throw unexpectedReply('an array of classes per pair', entry)
  if (entry.length !== 2) return { error: `expected a model of two classes, got ${entry.length}` }
  const wanted = positiveLabel ?? labels?.[String(positive)]
  const [first, second] = entry as [unknown, unknown]
  const at = [first, second].findIndex((each) => isRecord(each) && each.label === wanted)
  if (at === -1 || !isRecord(first) || !isRecord(second) || first.label === second.label) {
    return { error: `expected the class ${JSON.stringify(wanted)}, got ${describe(entry)}` }
  }
  return readTwoClasses([first.score, second.score], { positive: at, logits })
}

function labelMap(value: unknown): LabelMap | null {
  if (!isRecord(value)) return null
  const entries = Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
