import * as z from 'zod'

/** Labels of a criterion's priority: primary and secondary need. */
export const priorities = { primary: '主需', secondary: '次需' } as const

/** One record of `cfbench_data.json` (PKU-Baichuan-MLSystemLab/CFBench at 0bcbf9b0), with upstream's spelling. */
export const CfbenchRecord = z.object({
  idx: z.int().nonnegative(),
  /** The whole user message; empty in one record. */
  prompt: z.string(),
  /** Says whether there is a reference answer. The judge prompt goes by `gold` alone. */
  isanswer: z.string(),
  gold: z.string(),
  /** Domain of a `tob` record, task name otherwise. */
  doamin: z.string(),
  scenario: z.string(),
  source: z.string(),
  split: z.string(),
  /** Text, priority, category, subcategory. The categories are an open set. */
  criteria: z
    .array(z.tuple([z.string(), z.enum([priorities.primary, priorities.secondary]), z.string(), z.string()]))
    .min(1),
})

export type CfbenchRecord = z.infer<typeof CfbenchRecord>

/** One entry of an item's checklist. */
export interface Criterion {
  /** As upstream spells it, with white space and line feeds: the judge's copy is compared with it. */
  readonly text: string
  readonly isPrimary: boolean
}

/** What scoring reads of an item. */
export interface CfbenchData {
  readonly prompt: string
  /** Reference answer, empty where there is none. */
  readonly gold: string
  readonly criteria: readonly Criterion[]
}
