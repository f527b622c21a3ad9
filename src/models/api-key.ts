import { UsageError } from '../core/errors.ts'
import type { Redactor } from '../core/redact.ts'
import type { EndpointOptions } from './endpoint-options.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A key with the variable it came from. */
export interface ApiKey {
  readonly value: string
  readonly variable: string
}

/**
 * Reads the key of an endpoint from the environment and registers it with the redactor. Keys come from nowhere else.
 * @param usual variables in the order of looking, where the option `apiKeyEnv` names none
 * @returns null when none is set
 * @throws UsageError when the variable named by `apiKeyEnv` is not set
 */
export function readApiKey(
  usual: readonly string[],
  options: Pick<EndpointOptions, 'apiKeyEnv'>,
  environment: Environment,
  redactor: Redactor,
): ApiKey | null {
  const variables = options.apiKeyEnv === undefined ? usual : [options.apiKeyEnv]
  for (const variable of variables) {
    const value = environment[variable]?.trim()
    if (!value) continue
    if (/[^\x21-\x7e]/.test(value)) {
      throw new UsageError('bad-key', `The key in ${variable} holds white space or other characters that no key has`)
    }
    redactor.add(value)
    return { value, variable }
  }
  if (options.apiKeyEnv !== undefined) {
    throw new UsageError(
      'unset-variable',
      `Expected a key in the environment variable ${options.apiKeyEnv}, which is not set`,
    )
  }
  return null
}

/** `HEED_API_KEY_<HOST>` with and without port: `HEED_API_KEY_LOCALHOST_8000`, `HEED_API_KEY_API_MISTRAL_AI`. */
export function hostKeyVariables(origin: string): readonly string[] {
  const { hostname, port } = new URL(origin)
  const name = `HEED_API_KEY_${hostname
    .replace(/^\[|\]$/g, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()}`
  return port === '' ? [name] : [`${name}_${port}`, name]
}
