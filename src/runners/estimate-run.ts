import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Scorer, ScoringContext } from '../benchmarks/benchmark.ts'
import type { CallRequest, CallRole, Reply } from '../core/call.ts'
import { readLines } from '../core/jsonl.ts'
import type { ModelResponse } from '../core/response.ts'
import { estimateTokens } from '../models/price/estimate-tokens.ts'
import { callKey } from './call-key.ts'
import type { CallRecord } from './call-record.ts'
import { toFailedReply } from './call-record.ts'
import type { ExecuteRunOptions } from './execute-run.ts'
import { throughTheDoor } from './logged-reward-model.ts'
import { type BenchmarkPlan, generationRequest } from './run-benchmark.ts'
import { runFiles } from './run-folder.ts'
import { takeItems } from './take-items.ts'

/** What a run would ask of one endpoint for one benchmark. */
export interface CallEstimate {
  readonly benchmark: string
  readonly role: CallRole
  /** Calls that are not in the log. For judges a lower bound: a reply that cannot be read is asked again. */
  calls: number
  /** Estimated from the characters of the prompts. */
  inputTokens: number
  /** Assuming answers of {@link assumedOutputTokens}, or of the token limit where that is lower. */
  outputTokens: number
  /** If every answer were as long as its limit; null where no limit is set. */
  mostOutputTokens: number | null
}

/** Length of an answer that estimates assume, in tokens. */
export const assumedOutputTokens = 500

/** Counts the calls that a run would make, without making one or writing anything. */
export async function estimateRun(options: ExecuteRunOptions): Promise<readonly CallEstimate[]> {
  const known = await knownKeys(join(options.folder, runFiles.calls))
  const estimates: CallEstimate[] = []
  for (const plan of options.plans) {
    const counter = new EstimateCounter(plan.benchmark.id, options, known)
    await walk(plan, options, counter)
    estimates.push(...counter.estimates.values())
  }
  return estimates
}

async function walk(plan: BenchmarkPlan, options: ExecuteRunOptions, counter: EstimateCounter): Promise<void> {
  const { settings } = options
  const scorer: Scorer | null = plan.benchmark.judges.length > 0 ? await plan.benchmark.prepare(plan.resources) : null
  const call = async (request: CallRequest) => counter.count(request)
  const context: ScoringContext = {
    ...options.context,
    endpoint: (role) => options.targets.get(role)?.name ?? null,
    call,
    warn: () => undefined,
  }
  for await (const item of takeItems(plan.benchmark.load(plan.source), plan)) {
    for (let sample = 0; sample < settings.samples; sample++) {
      counter.count(generationRequest(plan.benchmark, item, sample, settings))
      const rewardModel = throughTheDoor(context.rewardModel, call, item.id)
      await scorer?.score(item, placeholder(item.id, sample), { ...context, rewardModel }, settings.protocols)
    }
  }
}

/** A response of the assumed length, so that judge prompts are as long as they will be; no two are equal. */
function placeholder(item: string, sample: number): ModelResponse {
  const text = `${'word '.repeat(assumedOutputTokens)}${item} ${sample}`
  return { sample, status: 'ok', text, reasoning: null, finishReason: 'stop' }
}

class EstimateCounter {
  readonly estimates = new Map<CallRole, CallEstimate>()
  readonly #benchmark: string
  readonly #options: ExecuteRunOptions
  readonly #known: Set<string>

  constructor(benchmark: string, options: ExecuteRunOptions, known: Set<string>) {
    this.#benchmark = benchmark
    this.#options = options
    this.#known = known
  }

  count(request: CallRequest): Reply {
    const target = this.#options.targets.get(request.role)!
    const key = callKey(target, this.#benchmark, request)
    if (!this.#known.has(key)) {
      this.#known.add(key)
      this.#add(request)
    }
    return toFailedReply(key, { kind: 'aborted', message: 'dry run' })
  }

  #add({ role, messages, sampling }: CallRequest): void {
    let estimate = this.estimates.get(role)
    if (!estimate) {
      estimate = { benchmark: this.#benchmark, role, calls: 0, inputTokens: 0, outputTokens: 0, mostOutputTokens: 0 }
      this.estimates.set(role, estimate)
    }
    const limit = sampling.maxTokens
    estimate.calls += 1
    estimate.inputTokens += estimateTokens(messages)
    estimate.outputTokens += Math.min(limit ?? assumedOutputTokens, assumedOutputTokens)
    estimate.mostOutputTokens =
      limit === undefined || estimate.mostOutputTokens === null ? null : estimate.mostOutputTokens + limit
  }
}

async function knownKeys(file: string): Promise<Set<string>> {
  const keys = new Set<string>()
  if (!existsSync(file)) return keys
  for await (const { text } of readLines(file)) {
    try {
      const record = JSON.parse(text) as CallRecord
      if (record.kind === 'reply') keys.add(record.key)
    } catch {
      // A torn line is no reply; the run itself repairs and reports it.
    }
  }
  return keys
}
