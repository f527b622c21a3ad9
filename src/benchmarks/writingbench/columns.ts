import type { Column } from '../benchmark.ts'
import { type Domain, requirements } from './schema.ts'

/** Figures of the six domains, in the order of the paper's table. */
export const domainMetrics: readonly { readonly id: string; readonly label: string; readonly domain: Domain }[] = [
  { id: 'academic', label: 'D1', domain: 'Academic & Engineering' },
  { id: 'finance', label: 'D2', domain: 'Finance & Business' },
  { id: 'politics', label: 'D3', domain: 'Politics & Law' },
  { id: 'literature', label: 'D4', domain: 'Literature & Arts' },
  { id: 'education', label: 'D5', domain: 'Education' },
  { id: 'advertising', label: 'D6', domain: 'Advertising & Marketing' },
]

const scale = 'scale 1 to 10'

/** Columns of the tables, the paper's headline first. */
export const columns: readonly Column[] = [
  { metric: 'overall', label: 'Avg.', primary: true, title: `Mean over all scores, ${scale}` },
  { metric: 'count', label: 'Count', primary: false, title: 'Responses with a score' },
  ...(['zh', 'en'] as const).map((metric) => ({
    metric,
    label: metric.toUpperCase(),
    primary: false,
    title: `Mean of item scores, ${metric === 'zh' ? 'Chinese' : 'English'} queries, ${scale}`,
  })),
  ...domainMetrics.map(({ id, label, domain }) => ({
    metric: id,
    label,
    primary: false,
    title: `Mean of item scores, ${domain}, ${scale}`,
  })),
  ...requirements.flatMap((requirement) => [
    {
      metric: `${requirement}-r`,
      label: `${requirement} R`,
      primary: false,
      title: `Mean of item scores, items with a ${requirement} requirement, ${scale}`,
    },
    {
      metric: `${requirement}-c`,
      label: `${requirement} C`,
      primary: false,
      title: `Mean over the criteria that test the ${requirement} requirement, ${scale}`,
    },
  ]),
]
