import { didYouMean } from '../../../core/did-you-mean.ts'
import { UsageError } from '../../../core/errors.ts'
import { type BaseUrl, parseBaseUrl } from '../../../models/base-url.ts'
import type { RewardModelEndpointOptions } from './endpoint-options.ts'
import { parseSpecSettings } from './spec-settings.ts'

/** Protocols over HTTP, as they are written before `+http://`. */
export const protocolNames = [
  'verl-if',
  'vllm',
  'vllm-pooling',
  'vllm-score',
  'vllm-rerank',
  'sglang',
  'sglang-native',
  'tei',
  'kserve',
] as const
export type ProtocolName = (typeof protocolNames)[number]

/** A parsed `--rm` value. */
export type RewardModelSpec =
  | {
      readonly kind: 'http'
      /** Null: found out by probing. */
      readonly protocol: ProtocolName | null
      readonly base: BaseUrl
      /** Model name after `#`, or null. */
      readonly model: string | null
      readonly settings: RewardModelEndpointOptions
    }
  | { readonly kind: 'onnx'; readonly folder: string; readonly settings: RewardModelEndpointOptions }
  /** A chat model that is asked in words. */
  | { readonly kind: 'llm'; readonly model: string; readonly settings: RewardModelEndpointOptions }

/** What is often copied along with the address of a server: one of its routes. */
const route = /(?:\/v[12])?(?:\/(?:predict|classify|pooling|score|rerank))?\/*$/

/** One example per form, for help texts and errors. */
export const rewardModelSpecExamples: readonly string[] = [
  'http://localhost:5000',
  'verl-if+http://localhost:5000',
  'vllm+http://localhost:8000#rm',
  'tei+https://host:8080?overlong=middle',
  'kserve+http://host:8000?input=text&output=probabilities#rm',
  'onnx:./checkpoint',
  'llm:http://localhost:8000/v1#qwen',
]

/**
 * Parses `[protocol+]http(s)://host:port[/path][?setting=value&...][#model]`, `onnx:<folder>[?setting=value&...]` or
 * `llm:<model spec>`, the settings of which stand before a `#`.
 * @throws UsageError `unknown-rm-spec`, `unknown-rm-setting`, `bad-url`
 */
export function parseRewardModelSpec(spec: string): RewardModelSpec {
  const text = spec.trim()
  if (text.startsWith('onnx:')) {
    const { rest, settings } = splitSettings(text.slice('onnx:'.length), 'onnx')
    if (rest === '') throw unknown(text, 'Name the folder of the checkpoint: onnx:<folder>.')
    return { kind: 'onnx', folder: rest, settings }
  }
  if (text.startsWith('llm:')) {
    const [before = '', ...after] = text.slice('llm:'.length).split('#')
    const { rest, settings } = splitSettings(before, 'llm')
    if (rest === '') throw unknown(text, 'Name the model: llm:<model spec>, as for --model.')
    return { kind: 'llm', model: [rest, ...after].join('#'), settings }
  }
  const [, prefix, address] = /^(?:([a-z0-9-]+)\+)?(https?:\/\/.+)$/is.exec(text) ?? []
  if (address === undefined) throw unknown(text, guess(text))
  const hash = address.indexOf('#')
  const model = hash === -1 ? null : address.slice(hash + 1)
  if (model === '') throw unknown(text, 'Leave # out, or name the model after it.')
  const { rest, settings } = splitSettings(hash === -1 ? address : address.slice(0, hash), 'http')
  return {
    kind: 'http',
    protocol: protocolOf(prefix, text),
    base: parseBaseUrl(rest.replace(route, ''), ''),
    model,
    settings,
  }
}

/**
 * The word of an endpoint's identity that its spec tells: the address of a server, the name of a chat model without one.
 * @returns null for a model in process
 * @throws UsageError for a bad spec
 */
export function servedAt(spec: string): string | null {
  const parsed = parseRewardModelSpec(spec)
  switch (parsed.kind) {
    case 'http':
      return parsed.base.address
    case 'llm': {
      const [address = ''] = parsed.model.split('#')
      return /^https?:/i.test(address) ? parseBaseUrl(address).address : address.slice(address.indexOf('/') + 1)
    }
    case 'onnx':
      return null
    default: {
      const never: never = parsed
      throw new Error(`Unknown spec: ${String(never)}`)
    }
  }
}

function splitSettings(
  text: string,
  kind: RewardModelSpec['kind'],
): { rest: string; settings: RewardModelEndpointOptions } {
  const at = text.indexOf('?')
  return at === -1
    ? { rest: text, settings: {} }
    : { rest: text.slice(0, at), settings: parseSpecSettings(text.slice(at + 1), kind) }
}

function protocolOf(prefix: string | undefined, text: string): ProtocolName | null {
  if (prefix === undefined) return null
  const known = protocolNames.find((name) => name === prefix.toLowerCase())
  if (known) return known
  const near = didYouMean(prefix, protocolNames)
  throw unknown(text, `${near ? `Did you mean ${near}+http://...? ` : ''}Protocols: ${protocolNames.join(', ')}.`)
}

function guess(text: string): string {
  if (/^[\w.-]+:\d+(\/|$)/.test(text)) return `Did you mean http://${text}?`
  if (/\.onnx$/i.test(text)) return 'Did you mean onnx:<folder of the checkpoint>?'
  return ''
}

function unknown(spec: string, advice: string): UsageError {
  const shown = spec.replace(/\/\/[^/@]*@/, '//…@')
  return new UsageError('unknown-rm-spec', `Expected a reward model spec, got \`${shown}\``, {
    hint: `${advice ? `${advice} ` : ''}Reward model specs look like: ${rewardModelSpecExamples.join(', ')}`,
  })
}
