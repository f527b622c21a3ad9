import { basename, join, resolve } from 'node:path'
import { DataError, EndpointError } from '../../../../core/errors.ts'
import { sha256 } from '../../../../core/hash.ts'
import type { RewardModelEndpoint, RewardModelEndpointOptions } from '../endpoint-options.ts'
import { loadInputTemplate } from '../input-template.ts'
import { positiveIndexOf, suspiciousOrder } from '../positive-class.ts'
import { type Checkpoint, readCheckpoint } from './checkpoint.ts'
import { hashFileNow } from './hash-file-now.ts'
import { loadPeers, type OnnxSession } from './load-peers.ts'
import { OnnxScorer } from './scorer.ts'

/** Inputs that are made here; a model that wants others is no text classifier of the usual export. */
const knownInputs = ['input_ids', 'attention_mask', 'token_type_ids', 'position_ids']

/**
 * Opens an exported classifier in this process. A text that is too long loses the beginning of its response by default
 * (`overlong=tail`), never its constraint.
 * @throws EndpointError `rm-peer` without the optional packages, `rm-inputs`; DataError for a folder that is no checkpoint
 */
export async function openOnnxRewardModel(
  folder: string,
  options: RewardModelEndpointOptions,
): Promise<RewardModelEndpoint> {
  const checkpoint = readCheckpoint(resolve(folder), options.modelFile)
  const positive = positiveIndexOf(checkpoint.labels, options)
  const remark = suspiciousOrder(checkpoint.labels, positive)
  if (remark) options.warn?.(remark)
  const { runtime, tokenizers } = await loadPeers(options.importPeer)
  const template = await loadInputTemplate(options)
  const tokenizer = readable(join(checkpoint.folder, 'tokenizer.json'), () => {
    return new tokenizers.Tokenizer(checkpoint.tokenizer, checkpoint.tokenizerConfig)
  })
  const session = await runtime.InferenceSession.create(checkpoint.model, { executionProviders: ['cpu'] }).catch(
    (cause: unknown) =>
      readable(checkpoint.model, () => {
        throw cause
      }),
  )
  assertInputs(session)
  const limit = options.maxTokens ?? checkpoint.maxTokens
  const overlong = options.overlong ?? 'tail'
  if (limit === null)
    options.warn?.('the checkpoint does not say how many tokens it takes: nothing is shortened (set max-tokens)')
  const id = [
    `onnx ${basename(checkpoint.folder)}#${weightsHash(checkpoint).slice(0, 12)}`,
    `tokens=${sha256(JSON.stringify([checkpoint.tokenizer, checkpoint.tokenizerConfig])).slice(0, 8)}`,
    ...(options.revision === undefined ? [] : [`rev=${options.revision}`]),
    `text=${template.label}:${template.sha256.slice(0, 8)}`,
    ...(positive === 1 ? [] : [`positive=${positive}`]),
    `overlong=${overlong}:${limit ?? 'none'}`,
  ].join(' ')
  return new OnnxScorer({
    id,
    runtime,
    session,
    template,
    positive,
    limit,
    overlong,
    encode: (text) => tokenizer.encode(text).ids,
    options,
  })
}

/** Of the model file and, where it has one, the file beside it that holds the weights. */
function weightsHash({ model, weights }: Checkpoint): string {
  const [first = '', ...others] = [model, ...weights].map(hashFileNow)
  return others.length === 0 ? first : sha256([first, ...others].join())
}

/** @throws DataError `broken-checkpoint` for whatever `read` throws */
function readable<Value>(file: string, read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new DataError('broken-checkpoint', `Expected a file that can be loaded, got: ${reason}`, {
      location: { file },
      cause,
    })
  }
}

function assertInputs({ inputNames }: OnnxSession): void {
  const unknown = inputNames.find((name) => !knownInputs.includes(name))
  if (unknown === undefined) return
  throw new EndpointError('rm-inputs', `Expected the inputs ${knownInputs.join(', ')}, the model wants ${unknown}`)
}
