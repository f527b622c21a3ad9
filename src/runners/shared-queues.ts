import { CallError } from '../models/call-error.ts'
import type { Endpoint, EndpointRequest } from '../models/endpoint.ts'
import { type CallOutcome, type CallQueue, createCallQueue } from '../models/queue/call-queue.ts'
import type { QueueSettings } from '../models/queue/queue-settings.ts'
import type { QueueStats } from '../models/queue/queue-stats.ts'

/** What a bound endpoint needs of its queue. */
export interface EndpointQueue {
  readonly stats: QueueStats
  submit(request: EndpointRequest, signal: AbortSignal): Promise<CallOutcome>
}

/**
 * Queues that several runs share: one per named endpoint of a configuration, so that its limits hold for all runs, all
 * models and all roles that go to it together.
 */
export class SharedQueues {
  readonly #routers = new Map<string, { readonly router: EndpointRouter; readonly queue: CallQueue }>()

  /** The queue of that name, for one more endpoint behind it. The settings of the first caller hold. */
  join(name: string, endpoint: Endpoint, settings: Partial<QueueSettings>): EndpointQueue {
    let shared = this.#routers.get(name)
    if (!shared) {
      const router = new EndpointRouter(endpoint)
      shared = { router, queue: createCallQueue(router, settings) }
      this.#routers.set(name, shared)
    }
    const { router, queue } = shared
    return {
      get stats() {
        return queue.stats
      },
      submit: (request, signal) => queue.submit(router.claim(request, endpoint), signal),
    }
  }

  /** Figures of every queue, each counted once. */
  get stats(): readonly QueueStats[] {
    return [...this.#routers.values()].map(({ queue }) => queue.stats)
  }
}

/** Looks like one endpoint to a queue, and sends every request to the endpoint that it was claimed for. */
class EndpointRouter implements Endpoint {
  readonly kind: Endpoint['kind']
  readonly id: string
  readonly model: string
  readonly dependsOnMeta: boolean
  readonly #owners = new WeakMap<EndpointRequest, Endpoint>()
  readonly #failed = new WeakMap<CallError, Endpoint>()

  constructor({ kind, id, model, dependsOnMeta }: Endpoint) {
    this.kind = kind
    this.id = id
    this.model = model
    this.dependsOnMeta = dependsOnMeta
  }

  claim(request: EndpointRequest, endpoint: Endpoint): EndpointRequest {
    this.#owners.set(request, endpoint)
    return request
  }

  async complete(request: EndpointRequest, signal: AbortSignal): ReturnType<Endpoint['complete']> {
    const owner = this.#owners.get(request)!
    try {
      return await owner.complete(request, signal)
    } catch (error) {
      if (error instanceof CallError) this.#failed.set(error, owner)
      throw error
    }
  }

  explain(error: CallError): ReturnType<NonNullable<Endpoint['explain']>> {
    return this.#failed.get(error)!.explain?.(error) as ReturnType<NonNullable<Endpoint['explain']>>
  }
}
