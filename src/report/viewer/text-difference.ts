import { diffArrays } from 'diff'

/** A piece of one side: changed where the other side does not have it. */
export interface DifferencePiece {
  readonly text: string
  readonly changed: boolean
}

/** Two texts in pieces. */
export interface TextDifference {
  readonly a: readonly DifferencePiece[]
  readonly b: readonly DifferencePiece[]
}

/** Longest text that is compared, in UTF-16 units. */
export const longestCompared = 60_000
const timeout = 400

/** Words, runs of white space, single marks; letters of scripts without spaces stand alone. */
const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Hangul}\p{M}\p{N}_]+|\s+|./gsu

/** Word differences of two texts, in languages without spaces too; null where they are too long or too different. */
export function textDifference(a: string, b: string): TextDifference | null {
  if (a.length > longestCompared || b.length > longestCompared) return null
  const changes = diffArrays(wordsOf(a), wordsOf(b), { timeout })
  if (!changes) return null
  const side = (hidden: 'added' | 'removed') =>
    changes
      .filter((change) => !change[hidden])
      .map(({ value, added, removed }) => ({ text: value.join(''), changed: added || removed }))
  return { a: side('added'), b: side('removed') }
}

function wordsOf(text: string): string[] {
  return text.match(words) ?? []
}
