import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isAuthorised } from './authorised.ts'
import { countingScorer } from './counting-scorer.ts'
import { RequestRefused, type RewardReply } from './http-message.ts'
import { RewardMetrics } from './metrics.ts'
import { BodyBudget, readJsonBody } from './read-body.ts'
import type { RewardForm } from './reward-form.ts'
import type { RewardScorer } from './reward-scorer.ts'
import { rewardRoutes } from './routes/index.ts'
import type { Route, RouteContext } from './routes/route.ts'

/** Settings of a reward server. */
export interface RewardServerOptions {
  readonly scorer: RewardScorer
  /** Form of the reward where a request does not choose one. */
  readonly form: RewardForm
  /** Bearer token that requests must carry; null for none. */
  readonly token: string | null
  /** Largest body. @default 64 MiB */
  readonly maxBodyBytes?: number
  /** Most bytes of bodies held at once, over all requests. @default 256 MiB */
  readonly maxHeldBytes?: number
  /** Most items in one request. @default 20_000 */
  readonly maxItems?: number
  /** Longest time to a reply, in milliseconds. @default 120_000 */
  readonly timeoutMs?: number
  /** Told about defects of the server itself. */
  readonly onError?: (error: unknown) => void
}

const mebibyte = 1 << 20

/** Makes the server; it listens when it is told to. Checkers and reward model answer over plain HTTP. */
export function createRewardServer(options: RewardServerOptions): { server: Server; metrics: RewardMetrics } {
  const metrics = new RewardMetrics()
  const budget = new BodyBudget(options.maxHeldBytes ?? 256 * mebibyte)
  const context: RouteContext = {
    scorer: countingScorer(options.scorer, metrics),
    form: options.form,
    maxItems: options.maxItems ?? 20_000,
  }
  const server = createServer((request, response) => {
    // Whatever one request does, the others are answered.
    answer(request, response, { ...options, budget, context, metrics }).catch((error: unknown) => {
      options.onError?.(error)
      response.destroy()
    })
  })
  // Trainers keep connections between steps; one that is closed while a request is sent looks like a lost request.
  server.keepAliveTimeout = 120_000
  server.headersTimeout = 30_000
  server.requestTimeout = 120_000
  return { server, metrics }
}

interface Answering extends RewardServerOptions {
  readonly budget: BodyBudget
  readonly context: RouteContext
  readonly metrics: RewardMetrics
}

async function answer(request: IncomingMessage, response: ServerResponse, answering: Answering): Promise<void> {
  const { metrics, onError } = answering
  const started = performance.now()
  const target = targetOf(request.url ?? '/')
  const known = rewardRoutes.some(({ path }) => path === target.path) || target.path === '/metrics'
  metrics.inFlight += 1
  let reply: WrittenReply
  try {
    reply = written(await replyTo(request, target, answering))
  } catch (error) {
    if (!(error instanceof RequestRefused)) onError?.(error)
    reply = written(errorReply(error))
  }
  metrics.inFlight -= 1
  metrics.observe(known ? target.path : 'other', reply.status, (performance.now() - started) / 1000)
  send(request, response, reply)
}

interface Target {
  readonly path: string
  readonly query: URLSearchParams
}

/** Not `new URL`, which throws for what a client may well send, such as `//`. */
function targetOf(url: string): Target {
  const at = url.indexOf('?')
  return at === -1
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, at), query: new URLSearchParams(url.slice(at + 1)) }
}

async function replyTo(request: IncomingMessage, target: Target, answering: Answering): Promise<RewardReply> {
  const { token, metrics, context, budget, maxBodyBytes = 64 * mebibyte, timeoutMs = 120_000 } = answering
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const matching = rewardRoutes.filter(({ path }) => path === target.path)
  const route = matching.find((each) => each.method === method)
  if (!route?.isPublic && !isAuthorised(request.headers.authorization, token)) {
    throw new RequestRefused(401, 'unauthorised', 'Expected the bearer token of this server', {
      'www-authenticate': 'Bearer',
    })
  }
  if (target.path === '/metrics' && method === 'GET') {
    const contentType = 'text/plain; version=0.0.4; charset=utf-8'
    return { status: 200, body: null, text: metrics.render(), contentType }
  }
  if (!route) throw noRoute(target.path, matching)
  const body = route.method === 'POST' ? await readJsonBody(request, maxBodyBytes, budget) : undefined
  return inTime(route.handle({ body, query: target.query }, context), timeoutMs)
}

function noRoute(path: string, matching: readonly Route[]): RequestRefused {
  if (matching.length > 0 || path === '/metrics') {
    const allow = matching.map(({ method }) => method).join(', ') || 'GET'
    return new RequestRefused(405, 'method', `Expected ${allow} for ${path}`, { allow })
  }
  const routes = rewardRoutes.map(({ method, path }) => `${method} ${path}`).join(', ')
  return new RequestRefused(404, 'no-route', `There is no ${path}; there are ${routes}, GET /metrics`)
}

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const refusal = new RequestRefused(504, 'timeout', `No reward within ${timeoutMs / 1000} s`)
    timer = setTimeout(() => reject(refusal), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function errorReply(error: unknown): RewardReply {
  if (error instanceof RequestRefused) {
    const { status, code, message, headers } = error
    return { status, body: { error: message, code }, headers }
  }
  return { status: 500, body: { error: 'The reward server failed: see its log', code: 'internal' } }
}

type WrittenReply = Omit<RewardReply, 'body' | 'text'> & { readonly bytes: Buffer }

/** In JSON, which may throw: a reply that echoes its request is as odd as the request. */
function written({ body, text, ...head }: RewardReply): WrittenReply {
  return { ...head, bytes: Buffer.from(text ?? JSON.stringify(body), 'utf8') }
}

function send(request: IncomingMessage, response: ServerResponse, reply: WrittenReply): void {
  if (response.destroyed) return
  const { bytes } = reply
  // What was not read of a refused body would be taken for the next request.
  const isCut = !request.complete
  response.writeHead(reply.status, {
    'content-type': reply.contentType ?? 'application/json',
    'content-length': bytes.length,
    ...reply.headers,
    ...(isCut ? { connection: 'close' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}
