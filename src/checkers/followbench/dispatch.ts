import type { RuleLanguage } from './rule.ts'
import type { RuleId } from './rules.ts'

/** What upstream's dispatch reads of a record. */
export interface DispatchKey {
  readonly language: RuleLanguage
  /** Type of the file that the record stands in. */
  readonly type: string
  readonly category: string
  readonly source: string
  readonly exampleId: number
}

/** Rule sources by the type of file that holds them: the example file reuses two of the names for other things. */
const bySource: Readonly<Record<string, readonly RuleId[]>> = {
  content: ['E2E', 'WIKIEVENTS', 'CONLL2003'],
  situation: ['BBH_logical', 'BBH_time', 'self_made_space', 'gsm_8k'],
  mixed: ['text_editing', 'cnn_dailymail', 'xsum', 'samsum', 'gigaword', 'arxiv'],
}

/** Single groups of the format file that a rule scores. */
const byFormatGroup: Readonly<Record<RuleLanguage, ReadonlyMap<number, RuleId>>> = {
  en: new Map([
    [22, 'format_22'],
    [30, 'format_30'],
  ]),
  zh: new Map([[22, 'format_22']]),
}

/** The rule that scores a record of level 1 or higher, or null when the judge does. */
export function ruleFor({ language, type, category, source, exampleId }: DispatchKey): RuleId | null {
  if (type === 'example') return 'example_template'
  const named = bySource[type]?.find((rule) => rule === source)
  if (named) return named
  return category === 'format' ? (byFormatGroup[language].get(exampleId) ?? null) : null
}
