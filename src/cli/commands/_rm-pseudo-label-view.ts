import Table from 'cli-table3'
import { costOf } from '../../models/price/price-table.ts'
import type { BoundEndpoint } from '../../runners/bind-endpoint.ts'
import { estimatePseudoLabel } from '../../runners/pseudo-label/estimate.ts'
import type { ExportedFiles } from '../../runners/pseudo-label/export-hugging-face.ts'
import type { NoiseFigure } from '../../runners/pseudo-label/noise-report.ts'
import { type PseudoLabelSummary, pseudoLabelFiles } from '../../runners/pseudo-label/run-pseudo-label.ts'
import type { Seed } from '../../runners/pseudo-label/seed.ts'
import type { PairKinds, PseudoLabelSettings } from '../../runners/pseudo-label/settings.ts'
import { print, printJson } from '../output.ts'

const style = { head: [], border: [], compact: true }

/** What a pass made, for people. */
export function pseudoLabelText(
  folder: string,
  summary: PseudoLabelSummary,
  files: ExportedFiles,
  { include, isSample }: { readonly include: PairKinds; readonly isSample: boolean },
): string {
  const { seeds, repeatedSeeds, failedSeeds, levels, responses, failures, written, leftOut, noise } = summary
  const table = new Table({ head: ['labels checked by rules', 'n', 'wrong', 'rate', '95 %'], style })
  const row = (name: string, { checked, wrong, rate, interval }: NoiseFigure) =>
    table.push([name, checked, wrong, percent(rate), interval ? interval.map(percent).join(' to ') : ''])
  row('1, but the response misses the constraint', noise.falsePositives)
  row('0, but the response meets the constraint', noise.falseNegatives)
  const statuses = Object.entries(responses).map(([status, count]) => `${count} ${status}`)
  const dropped = Object.entries(noise.dropped).map(([reason, count]) => `${count} ${reason}`)
  return [
    ...(isSample ? ['SAMPLE seeds: to see how it works, not to train on'] : []),
    `${folder}/${pseudoLabelFiles.pairs}: ${written.positive} positive and ${written.negative} negative pairs of ${seeds} seeds`,
    `responses: ${statuses.join(', ') || 'none'}`,
    ...failures.slice(0, 3).map(({ reason, count }) => `${count} without a response: ${reason}`),
    ...(failures.length > 3 ? [`and ${failures.length - 3} further reasons`] : []),
    ...(dropped.length > 0 ? [`steps without pairs: ${dropped.join(', ')}`] : []),
    ...(leftOut.kind > 0 ? [`left out: ${leftOut.kind} pairs by --include ${include}`] : []),
    ...(leftOut.contradicted > 0 ? [`left out: ${leftOut.contradicted} pairs that a rule contradicts`] : []),
    ...(repeatedSeeds.length > 0
      ? [
          `left out: ${repeatedSeeds.length} seeds that ask what an earlier one asks, such as ${repeatedSeeds[0]!.seed} (${repeatedSeeds[0]!.of})`,
        ]
      : []),
    ...failedSeeds.slice(0, 10).map(({ seed, reason }) => `no constraints for ${seed}: ${reason}`),
    ...(failedSeeds.length > 10 ? [`and for ${failedSeeds.length - 10} more`] : []),
    ...(failedSeeds.some(({ reason }) => reason.includes('could be read'))
      ? ['replies are kept: another --generator or another --generator-temperature, into another folder, asks anew']
      : []),
    ...(written.positive === 0 && failures.length === 0 && failedSeeds.length === 0
      ? ['no pairs: see --include, and --level-zero for seeds of one constraint']
      : []),
    ...Object.entries(files).map(([name, rows]) => `${folder}/${name}: ${rows} rows`),
    levelTable(levels),
    table.toString(),
  ].join('\n')
}

function levelTable(levels: PseudoLabelSummary['levels']): string {
  const table = new Table({ head: ['level', 'instructions', 'constraints', 'soft', 'hard'], style })
  const sum = (key: 'instructions' | 'constraints' | 'soft' | 'hard') =>
    levels.reduce((total, count) => total + count[key], 0)
  for (const { level, instructions, constraints, soft, hard } of levels) {
    table.push([`L${level}`, instructions, constraints, soft, hard])
  }
  table.push(['all', sum('instructions'), sum('constraints'), sum('soft'), sum('hard')])
  return table.toString()
}

function percent(rate: number | null): string {
  return rate === null ? 'not measured' : `${(rate * 100).toFixed(1)} %`
}

/** Prints what a pass would ask, and spends nothing. */
export function printPseudoLabelEstimate(
  folder: string,
  seeds: readonly Seed[],
  settings: PseudoLabelSettings,
  endpoints: readonly BoundEndpoint[],
  asJson: boolean,
): void {
  const estimates = estimatePseudoLabel(seeds, settings).map((estimate) => {
    const endpoint = endpoints.find(({ role }) => role === estimate.role)
    const cost = costOf(endpoint?.price ?? null, estimate.inputTokens, estimate.outputTokens)
    return { ...estimate, endpoint: endpoint?.target.name ?? null, cost }
  })
  if (asJson) {
    printJson({ folder, estimates })
    return
  }
  const table = new Table({ head: ['role', 'endpoint', 'calls', 'tokens in', 'tokens out', 'USD'], style })
  for (const { role, endpoint, calls, inputTokens, outputTokens, cost } of estimates) {
    table.push([
      role,
      endpoint ?? 'not named',
      calls,
      inputTokens,
      outputTokens,
      cost === null ? 'no price' : cost.toFixed(4),
    ])
  }
  print(`dry run into ${folder}: nothing was called or written`)
  print(table.toString())
}
