import * as z from 'zod'

/** First-level domains in the order of the paper's table. */
export const domains = [
  'Academic & Engineering',
  'Finance & Business',
  'Politics & Law',
  'Literature & Arts',
  'Education',
  'Advertising & Marketing',
] as const
export type Domain = (typeof domains)[number]

/** Requirements that have subsets of their own, in the order of the official table. */
export const requirements = ['style', 'format', 'length'] as const
export type Requirement = (typeof requirements)[number]

/** One criterion with its five score bands. The order of its keys is part of the judge prompt. */
const CriterionRecord = z.looseObject({
  name: z.string(),
  criteria_description: z.string(),
  '1-2': z.string(),
  '3-4': z.string(),
  '5-6': z.string(),
  '7-8': z.string(),
  '9-10': z.string(),
})

/** One line of `benchmark_all.jsonl`. Version 1 spells the list of criteria `criteria`, version 2 `checklist`. */
export const WritingBenchRecord = z
  .looseObject({
    index: z.int(),
    domain1: z.enum(domains),
    domain2: z.string().min(1),
    query: z.string(),
    checklist: z.array(CriterionRecord).min(1).optional(),
    criteria: z.array(CriterionRecord).min(1).optional(),
    /** Only in version 2, and under one of these names. Nothing but a figure of the harness hangs on it. */
    language: z.string().optional().catch(undefined),
    lang: z.string().optional().catch(undefined),
  })
  .refine(({ checklist, criteria }) => (checklist === undefined) !== (criteria === undefined), {
    message: 'expected either `checklist` (version 2) or `criteria` (version 1)',
  })
export type WritingBenchRecord = z.infer<typeof WritingBenchRecord>

const Named = z.looseObject({ name: z.string() })

/** One line of a requirement subset: only what tells which item and which criteria are meant. */
export const SubsetRecord = z.looseObject({
  index: z.int(),
  checklist: z.array(Named).optional(),
  criteria: z.array(Named).optional(),
})

/** A criterion as scoring reads it. */
export interface Criterion {
  readonly name: string
  /** Python's text form of the whole dictionary: what the judge is shown. */
  readonly text: string
  /** True when an earlier criterion of the item has the same name; the official loop never judges such a one. */
  readonly isRepeated: boolean
}

/** What scoring reads of an item. */
export interface WritingBenchData {
  readonly index: number
  readonly query: string
  readonly criteria: readonly Criterion[]
}
