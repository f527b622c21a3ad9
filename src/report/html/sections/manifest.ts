import type { FinishedRun } from '../../../runners/read-run.ts'
import { cutText } from '../cut-text.ts'
import type { ReportData } from '../gather-report.ts'
import { html, type Markup } from '../markup.ts'
import { details, type Section } from './section.ts'

const longestManifest = 100_000

/** How the runs were made. */
export function manifestSection({ runs }: ReportData): Section {
  return { id: 'manifest', title: 'How the runs were made', body: runs.map(manifest) }
}

function manifest({ name, manifest, scoring, scores }: FinishedRun): Markup {
  const { identity, versions, git, createdAt, tags, command } = manifest
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['model', identity.model],
    ['created, scored', `${createdAt}, ${scores.scoredAt}`],
    ['command', command.join(' ')],
    [
      'data',
      identity.benchmarks.map(({ id, edition, isSample }) => `${id} ${isSample ? 'SAMPLE' : edition}`).join(', '),
    ],
    ['samples per item', String(identity.samples)],
    ['sampling', JSON.stringify(identity.sampling)],
    ['system prompt', identity.systemPrompt ?? 'none'],
    ['judge', scoring.judge ?? 'none'],
    ['extractor', scoring.extractor ?? 'none'],
    ['reward model', scoring.rewardModel === null ? 'none' : `${scoring.rewardModel} (soft: ${scoring.soft})`],
    ['sandbox', scoring.python ?? 'none'],
    [
      'tags',
      Object.entries(tags)
        .map(([tag, value]) => `${tag}=${value}`)
        .join(', ') || 'none',
    ],
    ['version', `heed ${versions.heed}, node ${versions.node}, ${versions.platform}`],
    ['commit', git ? `${git.commit}${git.dirty ? ' with uncommitted changes' : ''}` : 'unknown'],
  ]
  const { text, left } = cutText(JSON.stringify({ ...manifest, scoring }, null, 2), longestManifest)
  return html`<h3>${name}</h3><dl>${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${cutText(value, 2000).text}</dd>`)}</dl>${details(
    'manifest.json',
    html`<pre>${text}</pre>${left > 0 ? html`<p class="remark">${`Cut: ${left} more characters.`}</p>` : null}`,
  )}`
}
