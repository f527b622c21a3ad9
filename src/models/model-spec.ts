import { closest, distance } from 'fastest-levenshtein'
import { UsageError } from '../core/errors.ts'
import { type BaseUrl, parseBaseUrl } from './base-url.ts'

/** A parsed model spec: what to ask, and where. */
export type ModelSpec =
  | { readonly kind: 'openai'; readonly model: string }
  | { readonly kind: 'anthropic'; readonly model: string }
  /** Any OpenAI-compatible server; without a model it is discovered from the server's list. */
  | { readonly kind: 'http'; readonly base: BaseUrl; readonly model: string | null }
  | { readonly kind: 'replay'; readonly file: string }
  | { readonly kind: 'demo'; readonly name: DemoName }

/** Recorded endpoints of the embedded sample. */
export const demoNames = ['base', 'tuned', 'judge'] as const
export type DemoName = (typeof demoNames)[number]

/** One example per form, for help texts and errors. */
export const specExamples: readonly string[] = [
  'openai/gpt-4o-mini',
  'anthropic/claude-sonnet-4-5',
  'http://localhost:8000/v1',
  'https://host/v1#model',
  'replay:responses.jsonl',
  'demo/base',
]

const prefixes = ['openai/', 'anthropic/', 'demo/', 'replay:', 'http://', 'https://'] as const
type Prefix = (typeof prefixes)[number]

const parsers: Readonly<Record<Prefix, (rest: string, spec: string) => ModelSpec>> = {
  'openai/': (model) => ({ kind: 'openai', model }),
  'anthropic/': (model) => ({ kind: 'anthropic', model }),
  'demo/': (name) => ({ kind: 'demo', name: demoName(name) }),
  'replay:': (file) => ({ kind: 'replay', file }),
  'http://': (_rest, spec) => parseHttp(spec),
  'https://': (_rest, spec) => parseHttp(spec),
}

/**
 * Parses a model spec such as `openai/gpt-4o-mini`, `http://localhost:8000/v1#model` or `replay:file.jsonl`.
 * @throws UsageError `unknown-model-spec` with what was probably meant
 */
export function parseModelSpec(spec: string): ModelSpec {
  const text = spec.trim()
  const prefix = prefixes.find((each) => text.toLowerCase().startsWith(each))
  const rest = prefix ? text.slice(prefix.length) : ''
  if (!prefix || rest === '') throw unknownSpec(text, prefix)
  return parsers[prefix](rest, text)
}

function parseHttp(spec: string): ModelSpec {
  const hash = spec.indexOf('#')
  const model = hash === -1 ? null : spec.slice(hash + 1)
  if (model === '') {
    throw new UsageError('unknown-model-spec', 'Expected a model name after # in the model spec, got nothing', {
      hint: 'Leave # out to use the only model that the server serves.',
    })
  }
  return { kind: 'http', base: parseBaseUrl(hash === -1 ? spec : spec.slice(0, hash)), model }
}

function demoName(name: string): DemoName {
  const known = demoNames.find((each) => each === name)
  if (known) return known
  const choice = demoNames.map((each) => `demo/${each}`)
  throw new UsageError('unknown-demo', `Expected one of ${choice.join(', ')}, got \`demo/${name}\``, {
    hint: `Did you mean demo/${closest(name, demoNames)}?`,
  })
}

function unknownSpec(spec: string, prefix: Prefix | undefined): UsageError {
  const forms = `Model specs look like: ${specExamples.join(', ')}`
  if (prefix) {
    return new UsageError('unknown-model-spec', `Expected a name after \`${prefix}\` in the model spec`, {
      hint: forms,
    })
  }
  const message = `Expected a model spec, got \`${spec.replace(/\/\/[^/@]*@/, '//…@')}\``
  return new UsageError('unknown-model-spec', message, { hint: `${guess(spec)}${forms}` })
}

/** What somebody who wrote this may have meant. */
function guess(spec: string): string {
  if (/^[\w.-]+:\d+(\/|$)/.test(spec)) return `Did you mean http://${spec}? `
  const [, head = spec, rest = ''] = /^([^/:]*)[/:](.*)$/s.exec(spec) ?? []
  const near = closest(head.toLowerCase(), ['openai', 'anthropic', 'demo', 'replay'])
  if (rest && distance(head.toLowerCase(), near) <= 2) {
    return `Did you mean ${near}${near === 'replay' ? ':' : '/'}${rest}? `
  }
  if (/\.(jsonl|json)(\.gz)?$/i.test(spec)) return `Did you mean replay:${spec}? `
  if (/^(gpt-|chatgpt-|o\d)/.test(spec)) return `Did you mean openai/${spec}? `
  if (spec.startsWith('claude')) return `Did you mean anthropic/${spec}? `
  if (rest) return 'Other providers are named by address and model: https://host/v1#model. '
  return ''
}
