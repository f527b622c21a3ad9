import type { Wordings } from './wordings.ts'

/** A bound in words and what it adds to the number behind it: `fewer than 5` is `at most 4`. */
export interface BoundWording {
  readonly text: string
  readonly shift: number
}

const bounds = (shift: number, texts: string): BoundWording[] => texts.split('|').map((text) => ({ text, shift }))

/** Bounds in words; the first of each language is for testing only. */
export const boundWordings: Readonly<
  Record<'at least' | 'less than', { readonly en: readonly BoundWording[]; readonly zh: readonly BoundWording[] }>
> = {
  'at least': {
    en: [...bounds(0, 'a minimum of|at least|no fewer than|not less than|at minimum'), ...bounds(-1, 'more than|over')],
    zh: [...bounds(0, '不低于|至少|不少于|最少'), ...bounds(-1, '超过|多于')],
  },
  'less than': {
    en: [
      ...bounds(0, 'under|less than|fewer than|below'),
      ...bounds(-1, 'at most|no more than|a maximum of|not more than|up to'),
    ],
    zh: [...bounds(0, '不到|少于|小于|低于'), ...bounds(-1, '至多|最多|不超过|不多于')],
  },
}

/** What a constraint may be introduced with. */
export const carriers: Wordings = {
  en: [
    'Please note: ',
    'Constraint: ',
    'In your response, keep to this: ',
    'The following must hold. ',
    'You must do this: ',
  ],
  zh: ['请注意：', '要求：', '你的回答需满足：', '约束条件：'],
}
