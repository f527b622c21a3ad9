import { loadBenchmark } from '../../benchmarks/registry.ts'
import type { Scores } from '../../runners/scores.ts'
import { printText } from '../output.ts'
import { protocolDifferences } from '../start-run.ts'

/** Prints what the two protocols differ by in the headlines of runs, where both were scored. */
export async function printProtocolDifferences(
  runs: readonly { readonly name: string; readonly scores: Scores }[],
): Promise<void> {
  const headlines = new Map<string, { metric: string; label: string } | null>()
  for (const { benchmark } of runs.flatMap(({ scores }) => scores.benchmarks)) {
    headlines.set(benchmark, (await loadBenchmark(benchmark)).columns.find(({ primary }) => primary) ?? null)
  }
  const lines = runs.flatMap(({ name, scores }) =>
    protocolDifferences(scores, (benchmark) => headlines.get(benchmark) ?? null).map((line) => `  ${name}: ${line}`),
  )
  if (lines.length > 0) printText(`protocols, in points:\n${lines.join('\n')}`)
}
