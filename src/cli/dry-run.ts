import Table from 'cli-table3'
import { costOf } from '../models/price/price-table.ts'
import { assumedOutputTokens, estimateRun } from '../runners/estimate-run.ts'
import type { PreparedRun } from '../runners/prepare-run.ts'
import { print, printJson } from './output.ts'

/** Prints calls, tokens and cost per benchmark and endpoint. Nothing is spent or written. */
export async function printDryRun(prepared: PreparedRun, asJson: boolean): Promise<void> {
  const estimates = (await estimateRun(prepared.options)).map((estimate) => {
    const endpoint = prepared.endpoints.find(({ role }) => role === estimate.role)
    const price = endpoint?.price ?? null
    const cost = (output: number | null) => (output === null ? null : costOf(price, estimate.inputTokens, output))
    return {
      ...estimate,
      endpoint: prepared.options.targets.get(estimate.role)?.id ?? null,
      cost: cost(estimate.outputTokens),
      mostCost: cost(estimate.mostOutputTokens),
    }
  })
  if (asJson) {
    printJson({ folder: prepared.options.folder, assumedOutputTokens, estimates })
    return
  }
  const table = new Table({
    head: ['benchmark', 'role', 'endpoint', 'calls', 'tokens in', 'tokens out', 'USD', 'USD at most'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  const usd = (cost: number | null) => (cost === null ? 'no price' : cost.toFixed(cost < 1 ? 4 : 2))
  for (const { benchmark, role, endpoint, calls, inputTokens, outputTokens, cost, mostCost } of estimates) {
    table.push([benchmark, role, endpoint ?? '', calls, inputTokens, outputTokens, usd(cost), usd(mostCost)])
  }
  const known = estimates.filter(({ cost }) => cost !== null)
  print(`dry run of ${prepared.name} into ${prepared.options.folder}: nothing was called or written`)
  print(table.toString())
  print(
    `sum: ${estimates.reduce((sum, { calls }) => sum + calls, 0)} calls, about $${known.reduce((sum, { cost }) => sum + (cost ?? 0), 0).toFixed(4)}` +
      `${known.length < estimates.length ? ' without the endpoints that have no price' : ''}. Answers are assumed to be ${assumedOutputTokens} tokens long; a judge whose reply cannot be read is asked again.`,
  )
}
