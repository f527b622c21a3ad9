import { type Grid, textCell } from '../../grid/grid.ts'
import type { ReportData } from '../gather-report.ts'
import { html } from '../markup.ts'
import { renderGrid } from '../render-grid.ts'
import type { CallSummary } from '../summarise-calls.ts'
import type { Section } from './section.ts'

/** Calls, tokens, time and money. */
export function usageSection(data: ReportData): Section {
  return {
    id: 'usage',
    title: 'Cost and token use',
    body: html`${renderGrid(costGrid(data))}${renderGrid(callGrid(data.calls))}`,
  }
}

function costGrid({ runs }: ReportData): Grid {
  return {
    title: 'Calls, tokens and cost of the runs',
    stub: 'role',
    columns: ['calls', 'input tokens', 'output tokens', 'calls without a count', 'cost (USD)'].map((name) => ({
      group: null,
      lines: [name],
    })),
    rows: runs.flatMap(({ name, scores }) =>
      Object.entries(scores.usage).map(([role, { calls, inputTokens, outputTokens, unknown, cost }]) => ({
        group: name,
        name: role,
        marks: [],
        isPublished: false,
        cells: [
          whole(calls),
          unknown === calls ? '–' : whole(inputTokens),
          unknown === calls ? '–' : whole(outputTokens),
          whole(unknown),
          cost.toFixed(4),
        ].map(textCell),
      })),
    ),
    methods: [],
    notes: ['cost: of the models whose price is known; 0 for local models and for replies taken from recordings'],
  }
}

function callGrid(calls: readonly CallSummary[]): Grid {
  const columns: readonly (readonly [group: string, name: string])[] = [
    ['calls', 'replies'],
    ['calls', 'failed'],
    ['tokens', 'input'],
    ['tokens', 'output'],
    ['tokens', 'reasoning'],
    ['output tokens of a reply', 'median'],
    ['output tokens of a reply', '95 %'],
    ['seconds to a reply', 'median'],
    ['seconds to a reply', '95 %'],
  ]
  return {
    title: 'Calls by benchmark',
    stub: 'benchmark, role',
    columns: columns.map(([group, name]) => ({ group, lines: [name] })),
    rows: calls.map((entry) => {
      const counted = entry.unknown < entry.replies
      return {
        group: entry.run,
        name: `${entry.benchmark}, ${entry.role}`,
        marks: [],
        isPublished: false,
        cells: [
          whole(entry.replies),
          whole(entry.failures),
          counted ? whole(entry.inputTokens) : '–',
          counted ? whole(entry.outputTokens) : '–',
          counted ? whole(entry.reasoningTokens) : '–',
          entry.outputMedian === null ? '–' : whole(entry.outputMedian),
          entry.outputHigh === null ? '–' : whole(entry.outputHigh),
          entry.secondsMedian === null ? '–' : entry.secondsMedian.toFixed(2),
          entry.secondsHigh === null ? '–' : entry.secondsHigh.toFixed(2),
        ].map(textCell),
      }
    }),
    methods: [],
    notes: ['failed: attempts without a reply, made again when the run was resumed; –: the server did not count'],
  }
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
