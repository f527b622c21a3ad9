import { EndpointError } from '../../../core/errors.ts'
import { CallError } from '../../../models/call-error.ts'
import type { HttpReply } from '../../../models/http/exchange.ts'
import type { RewardServer } from './http-exchange.ts'
import { isRecord, type JsonRecord } from './read-reply.ts'
import { type ProtocolName, protocolNames } from './spec.ts'

/** One question to a server, and the protocol that its answer stands for. */
interface Probe {
  readonly path: string
  /** @returns null when the answer says nothing */
  recognise(reply: HttpReply, body: JsonRecord | null): ProtocolName | null
}

/**
 * Asked in this order, all with GET, which no model is run for. The more telling answers come first: what TEI, SGLang
 * and Triton say of themselves, then the list of models, which several servers have, and last the 405 of a route that
 * takes POST only.
 */
export const protocolProbes: readonly Probe[] = [
  { path: '/info', recognise: (_reply, body) => (isRecord(body?.model_type) ? 'tei' : null) },
  {
    path: '/get_model_info',
    recognise: (_reply, body) => (typeof body?.model_path === 'string' ? 'sglang' : null),
  },
  {
    path: '/v2',
    recognise: (_reply, body) => (typeof body?.name === 'string' && Array.isArray(body.extensions) ? 'kserve' : null),
  },
  {
    path: '/openapi.json',
    recognise: (_reply, body) => {
      const paths = isRecord(body?.paths) ? body.paths : {}
      if ('/v1/classify' in paths) return 'sglang'
      if ('/classify' in paths) return 'vllm'
      if ('/pooling' in paths) return 'vllm-pooling'
      return '/score' in paths ? 'vllm-score' : null
    },
  },
  { path: '/v1/models', recognise: (_reply, body) => byOwner(body) },
  { path: '/predict', recognise: ({ status }) => (status === 405 ? 'verl-if' : null) },
]

/**
 * Finds out what kind of reward model server answers at an address.
 * @throws EndpointError `rm-unreachable`, `rm-auth`, `rm-unknown-protocol`
 */
export async function detectProtocol(server: RewardServer): Promise<ProtocolName> {
  const seen: string[] = []
  for (const { path, recognise } of protocolProbes) {
    const reply = await askServer(server, path)
    const found = recognise(reply, reply.status === 200 ? parse(reply.text) : null)
    if (found) return found
    seen.push(`GET ${path} ${reply.status}`)
  }
  throw new EndpointError(
    'rm-unknown-protocol',
    `Expected a reward model server at ${server.address}, recognised none (${seen.join(', ')})`,
    {
      hint: `Name the protocol: vllm+${server.address}, or another of ${protocolNames.join(', ')}; a chat model: llm:${server.address}/v1`,
    },
  )
}

/**
 * Asks one path with GET.
 * @throws EndpointError `rm-unreachable`, `rm-auth`
 */
export async function askServer(server: RewardServer, path: string): Promise<HttpReply> {
  const reply = await reach(server, path)
  if (reply.status !== 401 && reply.status !== 403) return reply
  throw new EndpointError('rm-auth', `${server.address} answers GET ${path} with ${reply.status}: it wants a key`, {
    hint: 'Set HEED_API_KEY_<HOST>, for example HEED_API_KEY_LOCALHOST_8000.',
  })
}

async function reach(server: RewardServer, path: string): Promise<HttpReply> {
  try {
    return await server.get(path)
  } catch (cause) {
    if (!(cause instanceof CallError)) throw cause
    throw new EndpointError('rm-unreachable', `Cannot reach the reward model at ${server.address}: ${cause.message}`, {
      hint: 'Is the server up, and are host and port right?',
      cause,
    })
  }
}

function byOwner(body: JsonRecord | null): ProtocolName | null {
  const [first] = Array.isArray(body?.data) ? body.data : []
  const owner = isRecord(first) ? first.owned_by : null
  if (owner === 'sglang') return 'sglang'
  return owner === 'vllm' ? 'vllm' : null
}

function parse(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}
