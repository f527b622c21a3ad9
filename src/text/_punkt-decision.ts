import { punktWords } from './_punkt-words.ts'
import { isLower, isUpper } from './letter-case.ts'
import { orthography, type PunktParameters } from './punkt-parameters.ts'

/** One token of a context with its marks, which the passes set. */
interface Token {
  readonly text: string
  /** Lower case; `##number##` for anything that looks like a number. */
  readonly type: string
  readonly periodFinal: boolean
  isBreak: boolean
  isAbbreviation: boolean
  isEllipsis: boolean
}

const numeric = /^-?[.,]?\p{Nd}[\p{Nd},.-]*$/u
const initial = /^(?!\p{Nd})[\p{L}\p{N}_]\.$/u
const ellipsis = /^\.\.+$/

/** Whether a candidate's context (its word, the mark and what follows) holds a sentence break before its last token. */
export function contextHasBreak(context: string, parameters: PunktParameters, marks: Uint8Array): boolean {
  const words = punktWords(context, marks)
  if (words.length < 2) return false
  let current = annotate(words[0]!, parameters)
  for (let index = 1; index < words.length; index += 1) {
    const next = annotate(words[index]!, parameters)
    if (current.periodFinal) reconsider(current, next, parameters)
    if (current.isBreak) return true
    current = next
  }
  return false
}

/** First pass: what a token is by itself. */
function annotate(text: string, { abbreviations }: PunktParameters): Token {
  const lowered = text.toLowerCase()
  const periodFinal = text.endsWith('.')
  const token: Token = {
    text,
    type: numeric.test(lowered) ? '##number##' : lowered,
    periodFinal,
    isBreak: false,
    isAbbreviation: false,
    isEllipsis: false,
  }
  if (text === '.' || text === '?' || text === '!') token.isBreak = true
  else if (periodFinal && text.endsWith('..')) token.isEllipsis = ellipsis.test(text)
  else if (periodFinal) {
    const base = text.slice(0, -1).toLowerCase()
    if (abbreviations.has(base) || abbreviations.has(base.slice(base.lastIndexOf('-') + 1))) token.isAbbreviation = true
    else token.isBreak = true
  }
  return token
}

/** Second pass: what the following token says about one that ends in a full stop. */
function reconsider(token: Token, next: Token, parameters: PunktParameters): void {
  const type = withoutPeriod(token.type)
  const nextType = next.isBreak ? withoutPeriod(next.type) : next.type
  if (parameters.collocations.has(`${type}\u0000${nextType}`)) {
    token.isBreak = false
    token.isAbbreviation = true
    return
  }
  const isInitial = initial.test(token.text)
  if ((token.isAbbreviation || token.isEllipsis) && !isInitial) {
    if (startsSentence(next, nextType, parameters) === true) {
      token.isBreak = true
      return
    }
    if (parameters.sentenceStarters.has(nextType) && isUpper(firstCharacter(next.text))) {
      token.isBreak = true
      return
    }
  }
  if (isInitial || type === '##number##') {
    const starts = startsSentence(next, nextType, parameters)
    const isUnseenName =
      starts === null &&
      isInitial &&
      isUpper(firstCharacter(next.text)) &&
      ((parameters.orthographicContext.get(nextType) ?? 0) & orthography.anyLower) === 0
    if (starts === false || isUnseenName) {
      token.isBreak = false
      token.isAbbreviation = true
    }
  }
}

/** Orthographic heuristic: true and false are answers, null is "cannot tell". */
function startsSentence(token: Token, type: string, { orthographicContext }: PunktParameters): boolean | null {
  if (token.text.length === 1 && ';:,.!?'.includes(token.text)) return false
  const seen = orthographicContext.get(type) ?? 0
  const first = firstCharacter(token.text)
  if (isUpper(first) && (seen & orthography.anyLower) !== 0 && (seen & orthography.internalUpper) === 0) return true
  if (isLower(first) && ((seen & orthography.anyUpper) !== 0 || (seen & orthography.initialLower) === 0)) return false
  return null
}

function withoutPeriod(type: string): string {
  return type.length > 1 && type.endsWith('.') ? type.slice(0, -1) : type
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0)!)
}
