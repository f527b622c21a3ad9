/** A number in a constraint text. */
export interface FoundNumber {
  readonly value: number
  readonly start: number
  readonly end: number
  /** True for `3rd`, `third`, `第3`: a place, not an amount. `last` is -1. */
  readonly isOrdinal: boolean
}

const cardinals = new Map(
  Object.entries({
    zero: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    eighty: 80,
    hundred: 100,
    thousand: 1000,
    dozen: 12,
    single: 1,
    once: 1,
    twice: 2,
    thrice: 3,
    couple: 2,
  }),
)
const ordinals = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ').map((word, index) => [word, index + 1]),
)
ordinals.set('last', -1).set('final', -1)

const digitOf = new Map([...'零一二三四五六七八九'].map((sign, value) => [sign, value]))
digitOf.set('两', 2).set('〇', 0)
const placeOf = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
  ['万', 10000],
])

const anyNumber =
  /\d{1,3}(?:,\d{3})+|\d{1,9}(?:st|nd|rd|th)?|第\s?(?:\d{1,6}|[零〇一二两三四五六七八九十百]{1,6})|最后一?|末|[零〇一二两三四五六七八九十百千万]{1,8}|[A-Za-z]{3,9}/g
/** Chinese words that begin with a numeral sign and count nothing. */
/** `“X”一词`: the word X. */
const named = /^一[词语字句名]/

const notANumber = /^(?:一(?:定|些|般|起|致|直|样|切|旦|律|下|并|共|系列|种|边)|万(?:一|物)|十分|千万别)/

/** All numbers of a text in order: digits, English and Chinese words, ordinals. */
export function findNumbers(text: string): FoundNumber[] {
  const found: FoundNumber[] = []
  for (const match of text.matchAll(anyNumber)) {
    // A rank: a heading of the first level.
    if (text[match.index + match[0].length] === '级') continue
    if (named.test(text.slice(match.index, match.index + 2)) && /_ ?[”’」』"'`]$/.test(text.slice(0, match.index)))
      continue
    const number = readNumber(match[0], text.slice(match.index, match.index + 4))
    if (number) found.push({ ...number, start: match.index, end: match.index + match[0].length })
  }
  return found
}

function readNumber(word: string, context: string): Pick<FoundNumber, 'value' | 'isOrdinal'> | null {
  if (/^\d/.test(word)) {
    return { value: Number.parseInt(word.replaceAll(',', ''), 10), isOrdinal: /[a-z]$/.test(word) }
  }
  if (word.startsWith('第')) {
    const rest = word.slice(1).trim()
    return { value: /^\d/.test(rest) ? Number(rest) : chineseNumber(rest), isOrdinal: true }
  }
  if (word.startsWith('最后') || word === '末') return { value: -1, isOrdinal: true }
  if (/^[A-Za-z]/.test(word)) {
    const lower = word.toLowerCase()
    const ordinal = ordinals.get(lower)
    if (ordinal !== undefined) return { value: ordinal, isOrdinal: true }
    const value = cardinals.get(lower)
    return value === undefined ? null : { value, isOrdinal: false }
  }
  if (notANumber.test(context)) return null
  return { value: chineseNumber(word), isOrdinal: false }
}

/** Value of a Chinese numeral such as 三百二十. */
export function chineseNumber(numeral: string): number {
  let total = 0
  let digit: number | null = null
  for (const sign of numeral) {
    const place = placeOf.get(sign)
    if (place === undefined) digit = (digit === null ? 0 : digit * 10) + (digitOf.get(sign) ?? 0)
    else if (place === 10000) {
      total = (total + (digit ?? 0) || 1) * place
      digit = null
    } else {
      total += (digit ?? 1) * place
      digit = null
    }
  }
  return total + (digit ?? 0)
}
