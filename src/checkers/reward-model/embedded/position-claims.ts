import type { FoundNumber } from './number-words.ts'
import type { ResponseReading } from './response-reading.ts'
import { cutters, hasHan, mixedWords } from './segments.ts'
import { everyPart, type Part } from './units.ts'

/** What stands where: `the 2nd and last word of every sentence`. */
export interface PositionClaim {
  readonly unit: 'word' | 'sentence' | 'character'
  /** 1-based; -1 is the last. Parallel to the quoted texts where there are several. */
  readonly places: readonly number[]
  /** The part in which places are counted; null for the whole response. */
  readonly within: { readonly part: Part; readonly index: number | 'each' } | null
}

const nouns: readonly (readonly [Part | 'character', RegExp])[] = [
  ['paragraph', /^[\s-]{0,2}(?:\w+ ){0,1}?paragraph|^\s?(?:个)?(?:自然)?段/i],
  ['sentence', /^[\s-]{0,2}(?:\w+ ){0,1}?sentence|^\s?(?:个)?句/i],
  ['line', /^[\s-]{0,2}(?:\w+ ){0,1}?(?:line|verse)|^\s?行/i],
  ['word', /^[\s-]{0,2}(?:\w+ ){0,1}?word|^\s?个?(?:单)?词/i],
  ['character', /^[\s-]{0,2}(?:\w+ ){0,1}?(?:character|letter)|^\s?个?(?:字符|字母|字)/i],
]
const numberedPart = /\b(paragraph|sentence|line) (?:number |no\. ?|#)?(\d{1,3})\b/gi
/** `Out of 8 paragraphs, number 5 ...` */
const numberedLater = /\b(paragraph|sentence|line)s\b[^.]{0,20}\bnumber (\d{1,3})\b/gi
const startCue = /\b(?:begin|start|open)(?:s|ning|ing)?\b|开头|开始|起首/i
const joint = /^[\s,、和与]{0,3}(?:and\s)?$/i

/** The place that a text asks about, or null. */
export function readPositionClaim(text: string, numbers: readonly FoundNumber[]): PositionClaim | null {
  const found: { noun: Part | 'character'; place: number }[] = []
  const ordinals = numbers.filter(({ isOrdinal }) => isOrdinal)
  let waiting: number[] = []
  ordinals.forEach((number, index) => {
    const tail = text.slice(number.end, number.end + 30)
    const noun = nouns.find(([, pattern]) => pattern.test(tail))?.[0]
    const next = ordinals[index + 1]
    if (noun) {
      for (const place of [...waiting, number.value]) found.push({ noun, place })
      waiting = []
    } else if (next && joint.test(text.slice(number.end, next.start))) waiting.push(number.value)
    else waiting = []
  })
  for (const match of [...text.matchAll(numberedPart), ...text.matchAll(numberedLater)]) {
    found.push({ noun: match[1]!.toLowerCase() as Part, place: Number(match[2]) })
  }
  return combine(found, text)
}

function combine(found: readonly { noun: Part | 'character'; place: number }[], text: string): PositionClaim | null {
  const unit = (['character', 'word'] as const).find((noun) => found.some((entry) => entry.noun === noun))
  const each = everyPart.find(([part, pattern]) => part !== unit && pattern.test(text))?.[0]
  const container = found.find(({ noun }) => noun === 'paragraph' || noun === 'sentence' || noun === 'line')
  const places = (noun: string) => found.filter((entry) => entry.noun === noun).map(({ place }) => place)
  const within = each
    ? { part: each, index: 'each' as const }
    : container && (unit || startCue.test(text))
      ? { part: container.noun as Part, index: container.place }
      : null
  if (unit) return { unit, places: places(unit), within }
  if (within && within.index !== 'each') return { unit: 'word', places: [1], within }
  const sentences = places('sentence')
  return sentences.length > 0 ? { unit: 'sentence', places: sentences, within } : null
}

/** Share of the asked places that hold the quoted texts, or null where nothing is quoted. */
export function positionShare(
  { unit, places, within }: PositionClaim,
  quotes: readonly string[],
  reading: ResponseReading,
): number | null {
  if (quotes.length === 0) return null
  const texts = containers(within, reading)
  if (texts.length === 0) return 0
  const isSequence = within?.index === 'each' && places.length === 1 && quotes.length > 1
  let asked = 0
  let met = 0
  const compared = Math.max(texts.length, isSequence ? quotes.length : 0)
  for (let index = 0; index < Math.min(compared, 200); index += 1) {
    const tokens = texts[index] === undefined ? [] : tokensOf(texts[index]!, unit)
    places.forEach((place, order) => {
      const wanted = isSequence ? quotes[index] : quotes[Math.min(order, quotes.length - 1)]
      asked += 1
      const token = tokens.at(place > 0 ? place - 1 : place)
      if (wanted !== undefined && token !== undefined && plain(token) === plain(wanted)) met += 1
    })
  }
  return asked === 0 ? null : met / asked
}

function containers(within: PositionClaim['within'], reading: ResponseReading): readonly string[] {
  if (within === null) return [reading.text]
  const texts = reading.segments(within.part).map(({ text }) => text)
  if (within.index === 'each') return texts
  const text = texts.at(within.index > 0 ? within.index - 1 : within.index)
  return text === undefined ? [] : [text]
}

function tokensOf(text: string, unit: PositionClaim['unit']): readonly string[] {
  switch (unit) {
    case 'character':
      return Array.from(text.trim())
    case 'sentence':
      return cutters.sentence(text)
    case 'word':
      return hasHan(text) ? mixedWords(text) : text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
    default: {
      const never: never = unit
      throw new RangeError(`Unknown unit: ${String(never)}`)
    }
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]{1,10}/u, '')
    .replace(/[^\p{L}\p{N}]{1,10}$/u, '')
}
