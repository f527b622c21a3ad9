import type { Endpoint } from './endpoint.ts'
import type { EndpointOptions } from './endpoint-options.ts'
import { type ModelSpec, parseModelSpec } from './model-spec.ts'

/** Each kind is loaded when it is asked for: the SDKs would double the start-up time of every command. */
const creators: {
  readonly [Kind in ModelSpec['kind']]: (
    spec: Extract<ModelSpec, { kind: Kind }>,
    options: EndpointOptions,
  ) => Promise<Endpoint>
} = {
  openai: async (spec, options) => (await import('./openai/create.ts')).createOpenAI(spec.model, options),
  http: async (spec, options) => (await import('./openai/create.ts')).createFromUrl(spec.base, spec.model, options),
  anthropic: async (spec, options) => (await import('./anthropic/create.ts')).createAnthropic(spec.model, options),
  replay: async (spec, options) => (await import('./replay/endpoint.ts')).createReplay(spec.file, options),
  demo: async (spec, options) => (await import('./demo/endpoint.ts')).createDemo(spec.name, options),
}

/**
 * Makes the endpoint of a model spec. Reads keys and headers from the environment; asks the server only for a spec
 * that names no model; reads a replay file once from end to end.
 * @throws UsageError for a bad spec or option, EndpointError for a server that cannot be asked for its models,
 * DataError for a broken replay file
 */
export async function createEndpoint(spec: string, options: EndpointOptions = {}): Promise<Endpoint> {
  const parsed = parseModelSpec(spec)
  const create = creators[parsed.kind] as (spec: ModelSpec, options: EndpointOptions) => Promise<Endpoint>
  return create(parsed, options)
}
