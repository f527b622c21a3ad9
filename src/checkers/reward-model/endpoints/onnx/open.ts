import { basename, resolve } from 'node:path'
import { EndpointError } from '../../../../core/errors.ts'
import type { RewardModelEndpoint, RewardModelEndpointOptions } from '../endpoint-options.ts'
import { loadInputTemplate } from '../input-template.ts'
import { positiveIndexOf, suspiciousOrder } from '../positive-class.ts'
import { readCheckpoint } from './checkpoint.ts'
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
  const tokenizer = new tokenizers.Tokenizer(checkpoint.tokenizer, checkpoint.tokenizerConfig)
  const session = await runtime.InferenceSession.create(checkpoint.model, { executionProviders: ['cpu'] })
  assertInputs(session)
  const limit = options.maxTokens ?? checkpoint.maxTokens
  const overlong = options.overlong ?? 'tail'
  const id = [
    `onnx ${basename(checkpoint.folder)}#${hashFileNow(checkpoint.model).slice(0, 12)}`,
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

function assertInputs({ inputNames }: OnnxSession): void {
  const unknown = inputNames.find((name) => !knownInputs.includes(name))
  if (unknown === undefined) return
  throw new EndpointError('rm-inputs', `Expected the inputs ${knownInputs.join(', ')}, the model wants ${unknown}`)
}
