import { Redactor } from '../../core/redact.ts'
import { hostKeyVariables, readApiKey } from '../api-key.ts'
import { type BaseUrl, parseBaseUrl } from '../base-url.ts'
import { CallError } from '../call-error.ts'
import { chooseModel, toEndpointError } from '../endpoint-errors.ts'
import { endpointIdentity } from '../endpoint-identity.ts'
import type { EndpointOptions } from '../endpoint-options.ts'
import { type Connection, createConnection } from '../http/connection.ts'
import { expandHeaders } from '../request-headers.ts'
import { OpenAIEndpoint } from './endpoint.ts'
import { listModels } from './list-models.ts'

const openAIAddress = 'https://api.openai.com/v1'

/**
 * Makes an endpoint for `openai/<model>`: OpenAI, or the server that `OPENAI_BASE_URL` names.
 * @throws UsageError, EndpointError
 */
export async function createOpenAI(model: string, options: EndpointOptions): Promise<OpenAIEndpoint> {
  const environment = options.environment ?? process.env
  const base = parseBaseUrl(environment.OPENAI_BASE_URL?.trim() || openAIAddress)
  return createCompatible(base, model, options, ['OPENAI_API_KEY'])
}

/**
 * Makes an endpoint for a base URL. The key of OpenAI is sent to OpenAI only.
 * @param model null: the only model that the server serves
 * @throws UsageError, EndpointError
 */
export async function createFromUrl(
  base: BaseUrl,
  model: string | null,
  options: EndpointOptions,
): Promise<OpenAIEndpoint> {
  const variables = base.origin === new URL(openAIAddress).origin ? ['OPENAI_API_KEY'] : hostKeyVariables(base.origin)
  return createCompatible(base, model, options, variables)
}

async function createCompatible(
  base: BaseUrl,
  model: string | null,
  options: EndpointOptions,
  variables: readonly string[],
): Promise<OpenAIEndpoint> {
  const environment = options.environment ?? process.env
  const redactor = options.redactor ?? new Redactor(environment)
  const isOpenAI = base.origin === new URL(openAIAddress).origin
  const key = readApiKey(variables, options, environment, redactor)
  const own = expandHeaders(options.headers ?? {}, environment, redactor)
  const headers = {
    ...authorization(key?.value ?? null, base.userInfo, redactor),
    ...(isOpenAI ? accountHeaders(environment) : {}),
    ...own,
  }
  const connection = createConnection(base, headers, redactor, options)
  const place = {
    address: base.address,
    keyVariable: key?.variable ?? null,
    keyVariables: variables,
    keyIsRequired: isOpenAI && own.authorization === undefined,
  }
  try {
    const name = model ?? (await onlyModel(connection))
    const id = endpointIdentity('openai', base.address, name, options)
    return new OpenAIEndpoint({ id, model: name, connection, place: { ...place, model: name }, options })
  } catch (error) {
    await connection.dispatcher.destroy()
    throw error instanceof CallError ? toEndpointError(error, { ...place, model: 'any model' }) : error
  }
}

async function onlyModel(connection: Connection): Promise<string> {
  const models = await listModels(connection, new AbortController().signal)
  if (models.length !== 1) throw chooseModel(models, connection.base.address)
  return models[0]!
}

function authorization(key: string | null, userInfo: string | null, redactor: Redactor): Record<string, string> {
  if (key !== null) return { authorization: `Bearer ${key}` }
  if (userInfo === null) return {}
  const encoded = Buffer.from(userInfo, 'utf8').toString('base64')
  redactor.add(userInfo.slice(userInfo.indexOf(':') + 1))
  redactor.add(encoded)
  return { authorization: `Basic ${encoded}` }
}

function accountHeaders(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const { OPENAI_ORG_ID: organization, OPENAI_PROJECT_ID: project } = environment
  return {
    ...(organization ? { 'openai-organization': organization } : {}),
    ...(project ? { 'openai-project': project } : {}),
  }
}
