import { DataError } from '../../core/errors.ts'

/** What a check found in one text. */
export interface Finding {
  readonly pass: boolean
  /** The evidence in words and figures: `3 sentences`. */
  readonly found: string
}

/** Verdict of one instruction on one text. */
export interface Outcome extends Finding {
  /** What was asked: `at least 5 sentences`. */
  readonly expected: string
}

/** How a count is compared with a threshold. */
export const relations = ['less than', 'at least'] as const
export type Relation = (typeof relations)[number]

/** `less than` is strict: a count equal to the threshold fails. */
export function holds(count: number, relation: Relation, threshold: number): boolean {
  switch (relation) {
    case 'less than':
      return count < threshold
    case 'at least':
      return count >= threshold
    default: {
      const never: never = relation
      throw new DataError('unknown-relation', `Unknown relation: ${String(never)}`)
    }
  }
}

/** A text for people: quoted, one line, cut after 60 characters. */
export function excerpt(text: string): string {
  const points = text.length > 60 ? `${text.slice(0, 59).replace(/[\ud800-\udbff]$/, '')}…` : text
  return JSON.stringify(points)
}

/** The end of a text for people: quoted, one line, at most 60 characters. */
export function excerptEnd(text: string): string {
  return JSON.stringify(text.length > 60 ? `…${text.slice(-59).replace(/^[\udc00-\udfff]/, '')}` : text)
}

/** `1 word`, `2 words`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
