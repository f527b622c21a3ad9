import { knownNamesHint } from '../../../core/did-you-mean.ts'
import { UsageError } from '../../../core/errors.ts'
import { logitPolicies, overlongPolicies, queryParts, type RewardModelEndpointOptions } from './endpoint-options.ts'

type Setting = (value: string, name: string) => RewardModelEndpointOptions

/** Settings that a spec may carry behind `?`, by name. */
const settings: Readonly<Record<string, Setting>> = {
  overlong: (value, name) => ({ overlong: oneOf(overlongPolicies, value, name) }),
  'max-tokens': (value, name) => ({ maxTokens: wholeNumber(value, name) }),
  batch: (value, name) => ({ batchSize: wholeNumber(value, name) }),
  concurrency: (value, name) => ({ concurrency: wholeNumber(value, name) }),
  timeout: (value, name) => ({ timeoutMs: 1000 * positive(value, name) }),
  threshold: (value, name) => ({ threshold: positive(value, name, 1) }),
  positive: (value) => (/^\d+$/.test(value) ? { positiveIndex: Number(value) } : { positiveLabel: value }),
  logits: (value, name) => ({ logits: oneOf(logitPolicies, value, name) }),
  revision: (value) => ({ revision: value }),
  template: (value) => ({ templateFile: value }),
  query: (value, name) => ({ query: oneOf(queryParts, value, name) }),
  input: (value) => ({ tensors: { input: value } }),
  output: (value) => ({ tensors: { output: value } }),
  file: (value) => ({ modelFile: value }),
}

const ofAll = ['overlong', 'max-tokens', 'threshold', 'revision']
const ofKind = {
  http: [...ofAll, 'batch', 'concurrency', 'timeout', 'positive', 'logits', 'template', 'query', 'input', 'output'],
  onnx: [...ofAll, 'batch', 'positive', 'template', 'file'],
  llm: [...ofAll, 'concurrency', 'timeout'],
} as const

/**
 * Reads `name=value&name=value`.
 * @throws UsageError `unknown-rm-setting`, also for one that such an endpoint has no use for; `bad-rm-setting`
 */
export function parseSpecSettings(query: string, kind: keyof typeof ofKind): RewardModelEndpointOptions {
  let options: RewardModelEndpointOptions = {}
  for (const [name, value] of new URLSearchParams(query)) {
    const known = ofKind[kind]
    const read = Object.hasOwn(settings, name) && known.includes(name) ? settings[name] : undefined
    if (!read) {
      throw new UsageError('unknown-rm-setting', `Unknown setting \`${name}\` in the reward model spec`, {
        hint: knownNamesHint(name, known),
      })
    }
    const given = read(value, name)
    options = { ...options, ...given, ...(given.tensors ? { tensors: { ...options.tensors, ...given.tensors } } : {}) }
  }
  return options
}

function oneOf<T extends string>(known: readonly T[], value: string, name: string): T {
  const found = known.find((each) => each === value)
  if (found !== undefined) return found
  throw bad(name, `one of ${known.join(', ')}`, value)
}

function wholeNumber(value: string, name: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value)
  throw bad(name, 'a whole number of at least 1', value)
}

function positive(value: string, name: string, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(value)
  if (value.trim() !== '' && number > 0 && number <= most) return number
  throw bad(name, most === 1 ? 'a number above 0 and at most 1' : 'a number above 0', value)
}

function bad(name: string, expected: string, value: string): UsageError {
  return new UsageError(
    'bad-rm-setting',
    `Expected \`${name}\` in the reward model spec to be ${expected}, got \`${value}\``,
  )
}
