import type { FoundNumber } from './number-words.ts'
import { everyPart, type Part, type Unit, unitBefore, unitNames, unitPatterns } from './units.ts'

/** An amount that a constraint asks for: `low <= count <= high`. */
export interface CountClaim {
  readonly unit: Unit
  readonly low: number
  readonly high: number
  /** The part in each of which the unit is counted; null for the whole response. */
  readonly each: Part | null
}

type Bound = 'least' | 'more' | 'most' | 'fewer' | 'about' | 'exactly'

/** Words before a number; the longest negated forms first, because `no more than` holds `more than`. */
const before: readonly (readonly [Bound, RegExp])[] = [
  ['most', /(?:no|not|never|n't)(?: \w+){0,2}? (?:more|longer|greater|higher) than\W*(?:\w+ )?$/i],
  ['least', /(?:no|not|never|n't)(?: \w+){0,2}? (?:less|fewer|shorter|lower|under|below)(?: than)?\W*(?:\w+ )?$/i],
  [
    'most',
    /(?:not|n't|never|without) (?:exceed(?:ing)?|go(?:ing)? (?:over|beyond|above)|surpass(?:ing)?)\W*(?:\w+ )?$/i,
  ],
  ['least', /(?:at least|at minimum|minimum(?: of)?|a min(?:imum)? of|>=|≥|from)\W*(?:\w+ )?$/i],
  [
    'most',
    /(?:at most|at maximum|maximum(?: of)?|a max(?:imum)? of|up to|within|<=|≤|limit(?:ed)?(?: \w+){0,3}? to|cap(?:ped)? at)\W*(?:\w+ )?$/i,
  ],
  ['more', /(?:(?:more|longer|greater|higher) than|over|above|exceed(?:s|ing)?|>)\W*(?:\w+ )?$/i],
  ['fewer', /(?:(?:less|fewer|shorter|lower) than|under|below|<)\W*(?:\w+ )?$/i],
  ['about', /(?:about|around|approximately|roughly|nearly|circa|some)\W*$/i],
  ['exactly', /(?:exactly|precisely|only|just|equal to|==?)\W*(?:\w+ )?$/i],
  [
    'least',
    /(?:至少|最少)[^，。；、\d]{0,14}$|不(?:得|能|要|应|可)?(?:少于|低于|小于|短于)(?:有|为|要|用|包含|使用|出现|达到|写|是)?\s?$/,
  ],
  [
    'most',
    /(?:至多|最多)[^，。；、\d]{0,14}$|(?:不(?:得|能|要|应|可)?(?:超过|多于|大于|超出|高于)|控制在|限制在|限)(?:有|为|要|用|包含|使用|出现|写|是)?\s?$/,
  ],
  ['more', /(?:超过|多于|大于|高于)(?:有|为|要|用|包含|使用|出现|写|是)?\s?$/],
  ['fewer', /(?:少于|小于|低于|不足|不到)(?:有|为|要|用|包含|使用|出现|写|是)?\s?$/],
  ['about', /(?:大约|约|大概)\s?$/],
  ['exactly', /(?:恰好|正好|刚好|仅|只|等于)(?:有|为|用|包含|出现|是)?\s?$/],
]
/** Words behind the number and its unit. */
const after: readonly (readonly [Bound, RegExp])[] = [
  [
    'least',
    /^(?: \w+){0,3}? (?:or|and) (?:more|above|longer|over)|^[个处次项条段句字词行遍]?(?:或|及)?(?:以上|更多)|^ at (?:least|minimum)/i,
  ],
  [
    'most',
    /^(?: \w+){0,3}? (?:or|and) (?:fewer|less|below|under)|^[个处次项条段句字词行遍]?(?:或|及)?(?:以内|之内|以下|更少)|^ at (?:most|maximum)/i,
  ],
  ['about', /^左右|^上下/],
]
const rangeJoint =
  /^\s{0,2}(?:words?|sentences?|characters?|个?字|个|句|段|行)?\s{0,2}(?:-|–|—|~|～|to|and|到|至|和|与)\s{0,2}(?:at most )?$/i
const rangeOpening = /(?:between|from|in|range|of|介于|在|为|:|：|\[|\(|（|^|[^\w])\W{0,2}$/i

/** In front of a number that says which one, not how many: `paragraph 3`, `number 5`, `level-one`. */
const namesPlace = /\b(?:paragraph|sentence|line|section|chapter|step|level|number)[\s-]#?$/i

/** Amounts that a text asks for. Numbers that count nothing known (years, prices) give none. */
export function readCountClaims(text: string, numbers: readonly FoundNumber[], hasQuotes: boolean): CountClaim[] {
  const claims: CountClaim[] = []
  const each = everyPart.find(([, pattern]) => pattern.test(text))?.[0] ?? null
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index]!
    if (number.isOrdinal) continue
    const next = numbers[index + 1]
    const isRange = next !== undefined && !next.isOrdinal && rangeJoint.test(text.slice(number.end, next.start))
    const end = isRange && rangeOpening.test(text.slice(Math.max(0, number.start - 10), number.start)) ? next : number
    const lead = text.slice(Math.max(0, number.start - 48), number.start)
    if (namesPlace.test(lead)) continue
    const unit = unitAt(text.slice(end.end, end.end + 80), lead, text, hasQuotes)
    if (unit === null) continue
    // An article: a sonnet of four lines, 一首四句的诗.
    if (
      unit.length === 0 &&
      number.value === 1 &&
      boundOf(lead, '') === 'exactly' &&
      !/(?:exactly|only|恰好|只)\W*$/i.test(lead)
    )
      continue
    const scope = each !== unit.unit ? each : null
    if (end !== number) {
      claims.push({ unit: unit.unit, low: number.value, high: end.value, each: scope })
      index += 1
    } else {
      const bound = boundOf(lead, text.slice(end.end + unit.length, end.end + unit.length + 30))
      claims.push({ unit: unit.unit, ...interval(bound, number.value), each: scope })
    }
  }
  return claims
}

function unitAt(tail: string, lead: string, text: string, hasQuotes: boolean): { unit: Unit; length: number } | null {
  const named = unitBehind(tail)
  if (named !== null) {
    const { unit, length } = named
    if (unit === 'section' || unit === 'word' || unit === 'times') {
      const marked = markedUnit(text, tail)
      if (marked !== null) return { unit: marked, length }
    }
    // Nothing is quoted that could occur so many times: the thing that is named does.
    return { unit: unit === 'times' && !hasQuotes ? (namedUnit(text) ?? unit) : unit, length }
  }
  const before = unitBefore.find(([unit, pattern]) => (unit !== 'times' || hasQuotes) && pattern.test(lead))?.[0]
  const unit = before ?? (hasQuotes && countsOccurrences.test(text) ? 'times' : namedUnit(text))
  return unit === null ? null : { unit, length: 0 }
}

/** Units that are named by more than one word: their patterns see them before those of a part of their name. */
const special: ReadonlySet<Unit> = new Set(['capitalWord', 'highlight', 'placeholder'])

/** The unit behind a number: the nearest noun, so that `100 words per paragraph` counts words. */
function unitBehind(tail: string): { unit: Unit; length: number } | null {
  let nearest: { unit: Unit; length: number } | null = null
  for (const [unit, pattern] of unitPatterns) {
    const match = pattern.exec(tail)
    if (!match) continue
    const { length } = match[0]
    if (special.has(unit)) return { unit, length }
    if (nearest === null || length < nearest.length) nearest = { unit, length }
  }
  return nearest
}

/** Words and passages that are counted for how they are set: highlighted ones, ones in capitals. */
function markedUnit(text: string, tail: string): Unit | null {
  if (/\bhighlight|\bitalic|高亮|斜体/i.test(text)) return 'highlight'
  const clause = /^[^.,;:。，；：]{0,60}/.exec(tail)![0]
  if (/\b(?:all|in|only|every)\b[^.]{0,12}\b(?:capitals?|caps|upper-?case)\b|大写/i.test(clause)) return 'capitalWord'
  return /^[^.]{0,40}\bwords?\b[^.,]{0,24}\ball[- ](?:capital|caps|upper)/i.test(text) ? 'capitalWord' : null
}

const countsOccurrences = /\bcount|\btimes\b|\bonce\b|\btwice\b|\bthrice\b|\boccur|\bappear|\bfrequen|出现|次|个数|频/i

/** The first kind of unit that a text names anywhere. */
function namedUnit(text: string): Unit | null {
  return unitNames.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

function boundOf(lead: string, tail: string): Bound {
  return (
    after.find(([, pattern]) => pattern.test(tail))?.[0] ??
    before.find(([, pattern]) => pattern.test(lead))?.[0] ??
    'exactly'
  )
}

function interval(bound: Bound, value: number): { low: number; high: number } {
  const none = Number.POSITIVE_INFINITY
  switch (bound) {
    case 'least':
      return { low: value, high: none }
    case 'more':
      return { low: value + 1, high: none }
    case 'most':
      return { low: 0, high: value }
    case 'fewer':
      return { low: 0, high: value - 1 }
    case 'about':
      return { low: Math.floor(value * 0.9), high: Math.ceil(value * 1.1) }
    case 'exactly':
      return { low: value, high: value }
    default: {
      const never: never = bound
      throw new RangeError(`Unknown bound: ${String(never)}`)
    }
  }
}
