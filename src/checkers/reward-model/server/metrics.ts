/** Upper ends of the latency histogram, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const

interface RouteFigures {
  readonly byStatus: Map<number, number>
  readonly histogram: number[]
  seconds: number
  count: number
}

/** Counts of a reward server, in the Prometheus text format (version 0.0.4). */
export class RewardMetrics {
  readonly #routes = new Map<string, RouteFigures>()
  #items = 0
  #failures = 0
  inFlight = 0

  /** @param route path of a known route, or `other`: labels must not grow with what callers invent */
  observe(route: string, status: number, seconds: number): void {
    let figures = this.#routes.get(route)
    if (!figures) {
      figures = { byStatus: new Map(), histogram: buckets.map(() => 0), seconds: 0, count: 0 }
      this.#routes.set(route, figures)
    }
    figures.byStatus.set(status, (figures.byStatus.get(status) ?? 0) + 1)
    figures.seconds += seconds
    figures.count += 1
    for (const [index, end] of buckets.entries()) if (seconds <= end) figures.histogram[index]! += 1
  }

  addItems(items: number, failures: number): void {
    this.#items += items
    this.#failures += failures
  }

  render(): string {
    const lines = [
      ...head('heed_reward_requests_total', 'counter', 'Requests answered, by route and status.'),
      ...this.#each((route, { byStatus }) =>
        [...byStatus].map(
          ([status, count]) => `heed_reward_requests_total{route="${route}",status="${status}"} ${count}`,
        ),
      ),
      ...head('heed_reward_request_seconds', 'histogram', 'Time from the whole request to the reply.'),
      ...this.#each((route, { histogram, seconds, count }) => [
        ...buckets.map(
          (end, index) => `heed_reward_request_seconds_bucket{route="${route}",le="${end}"} ${histogram[index]}`,
        ),
        `heed_reward_request_seconds_bucket{route="${route}",le="+Inf"} ${count}`,
        `heed_reward_request_seconds_sum{route="${route}"} ${seconds}`,
        `heed_reward_request_seconds_count{route="${route}"} ${count}`,
      ]),
      ...head('heed_reward_items_total', 'counter', 'Responses that were to be scored.'),
      `heed_reward_items_total ${this.#items}`,
      ...head('heed_reward_item_failures_total', 'counter', 'Responses that got an error instead of a reward.'),
      `heed_reward_item_failures_total ${this.#failures}`,
      ...head('heed_reward_requests_in_flight', 'gauge', 'Requests under way.'),
      `heed_reward_requests_in_flight ${this.inFlight}`,
      ...head('process_resident_memory_bytes', 'gauge', 'Resident memory.'),
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    ]
    return `${lines.join('\n')}\n`
  }

  #each(lines: (route: string, figures: RouteFigures) => readonly string[]): string[] {
    return [...this.#routes].flatMap(([route, figures]) => lines(route, figures))
  }
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}
