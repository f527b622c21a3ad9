import type { BaseUrl } from '../../../models/base-url.ts'
import { askServer, detectProtocol } from './detect-protocol.ts'
import type { RewardModelEndpoint, RewardModelEndpointOptions } from './endpoint-options.ts'
import { connectRewardServer, type RewardServer } from './http-exchange.ts'
import { HttpScorer } from './http-scorer.ts'
import { type InputTemplate, loadInputTemplate } from './input-template.ts'
import { positiveIndexOf, suspiciousOrder } from './positive-class.ts'
import type { Ask, ModelFacts, RewardProtocol } from './protocol.ts'
import { protocols } from './protocols/index.ts'
import type { RewardModelSpec } from './spec.ts'

/**
 * Opens a reward model behind HTTP: recognises the protocol where none is named, and learns the model's name, labels
 * and limits.
 * @throws UsageError, EndpointError, DataError in words for the user
 */
export async function openHttpRewardModel(
  spec: Extract<RewardModelSpec, { kind: 'http' }>,
  options: RewardModelEndpointOptions,
): Promise<RewardModelEndpoint> {
  const server = connectRewardServer(spec.base, options)
  try {
    const protocol = protocols[spec.protocol ?? (await detectProtocol(server))]
    const facts = await learn(protocol, server, spec.model, options)
    const remark = suspiciousOrder(facts.labels, facts.positive)
    if (remark) options.warn?.(remark)
    if (spec.protocol === null) options.warn?.(recognised(protocol, spec.base, facts, options))
    const template = protocol.buildsText ? null : await loadInputTemplate(options)
    if (template?.label === 'house-prompt') {
      options.warn?.(
        'the input text of the reward model is our own wording (house-prompt): a model trained on another one is measured with a text that it does not know. `bench data pull verl-if-upstream` installs the published one',
      )
    }
    if (template === null && (options.template ?? options.templateFile) !== undefined) {
      options.warn?.(`the template is not used: ${protocol.name} puts the input text together in the server`)
    }
    for (const setting of ['query', 'tensors'] as const) {
      if (options[setting] !== undefined && !protocol.ownSettings?.includes(setting))
        options.warn?.(
          `${setting === 'tensors' ? 'input and output have' : 'query has'} no effect with ${protocol.name}`,
        )
    }
    const { overlong = 'error', maxTokens } = options
    if (overlong !== 'error' && (maxTokens ?? facts.maxTokens) === null) {
      options.warn?.(
        `overlong=${overlong} has no effect: the server does not say how many tokens it takes (set max-tokens)`,
      )
    }
    const id = identity(protocol, spec.base, facts, template, options)
    return new HttpScorer({ protocol, server, facts, template, id, options })
  } catch (error) {
    await server.close()
    throw error
  }
}

/** What was found by probing, in words. */
function recognised(
  { name }: RewardProtocol,
  { address }: BaseUrl,
  { model, maxTokens }: ModelFacts,
  options: RewardModelEndpointOptions,
): string {
  const limit = options.maxTokens ?? maxTokens
  const what = [...(model === null ? [] : [`model ${model}`]), ...(limit === null ? [] : [`${limit} tokens`])]
  return `the reward model at ${address} is recognised as ${name}${what.length === 0 ? '' : ` (${what.join(', ')})`}`
}

async function learn(
  protocol: RewardProtocol,
  server: RewardServer,
  model: string | null,
  options: RewardModelEndpointOptions,
): Promise<ModelFacts> {
  const { tensors = {}, positiveLabel = null, logits = 'error', query = 'constraint' } = options
  const facts: ModelFacts = {
    model,
    positive: positiveIndexOf(null, options),
    positiveLabel,
    labels: null,
    logits,
    maxTokens: null,
    maxBatch: null,
    tensors: { input: tensors.input ?? 'text', output: tensors.output ?? null, isColumn: false },
    revision: null,
    query,
    labelsSeen: new Map(),
  }
  const ask: Ask = (path) => askServer(server, path)
  if (protocol.prepare) return { ...facts, ...(await protocol.prepare(ask, facts, options)) }
  // Nothing to learn, but a wrong address is told before a run, not by every pair of it.
  await ask('/')
  return facts
}

/**
 * Everything that can change a score, in words: kind, address, model, revision, text template, class, raw values, tensors,
 * what is cut.
 */
function identity(
  protocol: RewardProtocol,
  base: BaseUrl,
  facts: ModelFacts,
  template: InputTemplate | null,
  options: RewardModelEndpointOptions,
): string {
  const { model, positive, positiveLabel, logits } = facts
  const revision = options.revision ?? facts.revision
  const { overlong = 'error' } = options
  const limit = options.maxTokens ?? facts.maxTokens
  const cuts = overlong !== 'error' || (!protocol.refusesLength && limit !== null)
  return [
    `${protocol.name} ${base.address}${model === null ? '' : `#${model}`}`,
    ...(revision === null ? [] : [`rev=${revision}`]),
    ...(template === null ? [] : [`text=${template.label}:${template.sha256.slice(0, 8)}`]),
    ...(positiveLabel === null ? [] : [`positive=${positiveLabel}`]),
    ...(positive === 1 || positiveLabel !== null ? [] : [`positive=${positive}`]),
    ...(logits === 'error' ? [] : [`logits=${logits}`]),
    ...(protocol.identity?.(facts) ?? []),
    ...(cuts ? [`overlong=${overlong}:${limit ?? 'server'}`] : []),
  ].join(' ')
}
