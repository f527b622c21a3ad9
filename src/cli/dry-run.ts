import Table from 'cli-table3'
import { costOf } from '../models/price/price-table.ts'
import { assumedOutputTokens, type CallEstimate, estimateRun } from '../runners/estimate-run.ts'
import type { PreparedRun } from '../runners/prepare-run.ts'
import { print, printJson, printText } from './output.ts'

type Cost = number | null

/** What one run would ask and cost. */
interface RunForecast {
  readonly name: string
  readonly folder: string
  readonly assumedOutputTokens: number
  readonly estimates: readonly (CallEstimate & {
    readonly endpoint: string | null
    readonly cost: Cost
    readonly mostCost: Cost
  })[]
}

/**
 * Prints calls, tokens and cost per run, benchmark and endpoint, and their sum over all runs. Nothing is spent or
 * written. As JSON: one object for one run, a list for several.
 */
export async function printDryRun(runs: readonly PreparedRun[], asJson: boolean): Promise<void> {
  const forecasts: RunForecast[] = []
  for (const run of runs) {
    const found = await forecast(run)
    forecasts.push(found)
    if (!asJson) printForecast(found)
  }
  if (asJson) printJson(forecasts.length === 1 ? forecasts[0] : forecasts)
  else if (forecasts.length > 1) printText(`all ${forecasts.length} runs: ${sum(forecasts)}`)
}

async function forecast({ name, options, endpoints }: PreparedRun): Promise<RunForecast> {
  const estimates = (await estimateRun(options)).map((estimate) => {
    const endpoint = endpoints.find(({ role }) => role === estimate.role)
    const isFree = endpoint?.isPaid === false
    const cost = (output: number | null) => {
      if (isFree) return 0
      return output === null ? null : costOf(endpoint?.price ?? null, estimate.inputTokens, output)
    }
    return {
      ...estimate,
      endpoint: options.targets.get(estimate.role)?.id ?? null,
      cost: cost(estimate.outputTokens),
      mostCost: cost(estimate.mostOutputTokens),
    }
  })
  return { name, folder: options.folder, assumedOutputTokens, estimates }
}

function printForecast(run: RunForecast): void {
  const table = new Table({
    head: ['benchmark', 'role', 'endpoint', 'calls', 'tokens in', 'tokens out', 'USD', 'USD at most'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  const usd = (cost: Cost) => (cost === null ? 'no price' : cost === 0 ? 'free' : cost.toFixed(cost < 1 ? 4 : 2))
  for (const { benchmark, role, endpoint, calls, inputTokens, outputTokens, cost, mostCost } of run.estimates) {
    table.push([benchmark, role, endpoint ?? '', calls, inputTokens, outputTokens, usd(cost), usd(mostCost)])
  }
  printText(`dry run of ${run.name} into ${run.folder}: nothing was called or written`)
  print(table.toString())
  printText(
    `sum: ${sum([run])}. Answers are assumed to be ${assumedOutputTokens} tokens long; a judge whose reply cannot be read is asked again.`,
  )
}

function sum(runs: readonly RunForecast[]): string {
  const estimates = runs.flatMap((run) => run.estimates)
  const calls = estimates.reduce((total, { calls }) => total + calls, 0)
  const known = estimates.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  const dollars = known.reduce((total, cost) => total + cost, 0)
  const rest = known.length < estimates.length ? ' without the endpoints that have no price' : ''
  return `${calls} calls, about $${dollars.toFixed(4)}${rest}`
}
