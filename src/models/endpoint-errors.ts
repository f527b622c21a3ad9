import { closest } from 'fastest-levenshtein'
import { EndpointError } from '../core/errors.ts'
import { CallError } from './call-error.ts'

/** What a person must know to mend an endpoint that cannot be used. */
export interface EndpointPlace {
  readonly address: string
  readonly model: string
  /** Variable that the key came from, or null without a key. */
  readonly keyVariable: string | null
  /** Variables in which a key is looked for. */
  readonly keyVariables: readonly string[]
  /** Without a key there is no use in asking. Estimates need none, so that this shows only when a request is made. */
  readonly keyIsRequired: boolean
}

/** The error of a request that needs a key and has none, or null. */
export function missingKey({ keyIsRequired, keyVariable, keyVariables }: EndpointPlace): CallError | null {
  if (!keyIsRequired || keyVariable !== null) return null
  return new CallError('auth', `${keyVariables.join(' or ')} is not set`, { fatal: true })
}

/** Turns a failed check or a fatal call error into an error that stops the run, with advice. */
export function toEndpointError(error: CallError, place: EndpointPlace): EndpointError {
  const { address, model, keyVariable, keyVariables } = place
  const options = { cause: error }
  switch (error.kind) {
    case 'auth':
      return new EndpointError(
        'endpoint-auth',
        keyVariable
          ? `${address} refuses the key in ${keyVariable}: ${error.message}`
          : `${address} wants a key: ${error.message}`,
        { ...options, hint: keyVariable ? 'Check the key and the account.' : `Set ${keyVariables.join(' or ')}.` },
      )
    case 'not-found':
      return new EndpointError('model-not-found', `${address} does not serve ${model}: ${error.message}`, {
        ...options,
        hint: 'Check the model name and the address; most servers want a path that ends in /v1.',
      })
    case 'malformed':
      return new EndpointError('endpoint-malformed', error.message, {
        ...options,
        hint: `Is ${address} the address of an OpenAI-compatible API? A proxy is passed by with NO_PROXY.`,
      })
    case 'network':
    case 'timeout':
      return new EndpointError('endpoint-unreachable', `Cannot reach ${address}: ${error.message}`, {
        ...options,
        hint: 'Is the server up, and are host and port right?',
      })
    case 'rate-limit':
    case 'server':
    case 'client':
    case 'aborted':
      return new EndpointError('endpoint-failed', error.message, options)
    default: {
      const never: never = error.kind
      throw new Error(`Unknown kind of failure: ${String(never)}`)
    }
  }
}

/** The error for a model that the server's own list does not name. */
export function modelNotListed(
  model: string,
  models: readonly string[],
  place: EndpointPlace,
  cause: unknown,
): EndpointError {
  const near = models.length > 0 ? `Did you mean ${closest(model, models)}? ` : ''
  return new EndpointError('model-not-found', `${place.address} does not serve the model ${JSON.stringify(model)}`, {
    hint: `${near}It serves: ${listed(models)}`,
    cause,
  })
}

/** The error for a spec without a model where the server does not serve exactly one. */
export function chooseModel(models: readonly string[], address: string): EndpointError {
  if (models.length === 0) {
    return new EndpointError('no-model', `${address} lists no model`, { hint: `Name one: ${address}#model` })
  }
  return new EndpointError('several-models', `${address} serves ${models.length} models: ${listed(models)}`, {
    hint: `Choose one: ${address}#${models[0]}`,
  })
}

function listed(models: readonly string[]): string {
  if (models.length === 0) return 'nothing'
  const shown = models.slice(0, 20).join(', ')
  return models.length > 20 ? `${shown} and ${models.length - 20} more` : shown
}
