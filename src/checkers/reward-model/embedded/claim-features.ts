import type { ConstraintReading } from './constraint-reading.ts'
import type { CountClaim } from './count-claims.ts'
import { absent, type FeatureGroup } from './feature-group.ts'
import { countOccurrences } from './occurrences.ts'
import type { ResponseReading } from './response-reading.ts'
import { spread } from './segments.ts'
import { units } from './units.ts'

/** Margins are cut here: beyond, more says nothing. */
const widest = 3

const ways = ['by-rule', 'by-reader', 'plain'] as const
/** Features before the margins by unit. */
const common = 4 + 2 * ways.length + 1

/** Amounts asked for against amounts counted, in every way of counting; margins by unit. */
export const claimFeatures: FeatureGroup = {
  names: [
    'claims:count',
    'claims:exact',
    'claims:each',
    'claims:long-unit',
    'claims:nearest',
    ...ways.flatMap((way) => [`claims:met-${way}`, `claims:margin-${way}`]),
    ...units.map((unit) => `margin:${unit}`),
  ],
  write(out, at, constraint, response) {
    const { claims } = constraint
    const first = claims[0]
    out.fill(absent, at, at + common + units.length)
    out[at] = claims.length
    if (first === undefined) return
    out[at + 1] = Number(first.low === first.high)
    out[at + 2] = first.each === null ? 0 : 1
    out[at + 3] = Number(first.unit === 'word' || first.unit === 'character')
    out[at + 4] = -widest
    ways.forEach((_way, variant) => {
      const margins = claims.map((claim) => marginOf(claim, constraint, response, variant))
      out[at + 5 + 2 * variant] = margins.filter((value) => value >= 0).length / claims.length
      out[at + 6 + 2 * variant] = Math.min(...margins)
      out[at + 4] = Math.max(out[at + 4]!, ...margins)
      if (variant > 0) return
      claims.forEach(({ unit }, index) => {
        const slot = at + common + units.indexOf(unit)
        out[slot] = out[slot] === absent ? margins[index]! : Math.min(out[slot]!, margins[index]!)
      })
    })
  },
}

/** How far inside (from 0 on) or outside (below 0) the asked interval the count is, relative to the bound. */
function marginOf(
  claim: CountClaim,
  constraint: ConstraintReading,
  response: ResponseReading,
  variant: number,
): number {
  if (claim.each !== null) {
    const range = spread(response.segments(claim.each), claim.unit)
    if (range === null) return -widest
    return Math.min(margin(claim, range.least), margin(claim, range.greatest))
  }
  return margin(claim, countOf(claim, constraint, response, variant))
}

function margin({ low, high }: CountClaim, count: number): number {
  const outside =
    count < low ? (count - low) / (low + 1) : count > high ? (high - count) / (Math.max(0, high) + 1) : null
  if (outside !== null) return Math.max(-widest, outside)
  const below = low <= 0 ? widest : (count - low) / (low + 1)
  const above = high === Number.POSITIVE_INFINITY ? widest : (high - count) / (high + 1)
  return Math.min(widest, below, above)
}

const asLetters = /\bletters?\b|字母/i

function countOf(
  { unit }: CountClaim,
  { quotes, text }: ConstraintReading,
  response: ResponseReading,
  variant: number,
): number {
  const keyword = quotes[0]?.replace(/\s[XxN]$/, '')
  const isLetter = keyword !== undefined && [...keyword].length === 1 && (unit === 'character' || asLetters.test(text))
  if (unit === 'section' && keyword !== undefined)
    return Math.max(countOccurrences(response.text, keyword, 'numbered'), 0)
  if (keyword !== undefined && (unit === 'times' || isLetter || (unit === 'word' && /\btimes?\b|次/.test(text)))) {
    return countOccurrences(
      response.lower,
      keyword.toLowerCase(),
      isLetter ? 'plain' : variant === 0 ? 'plain' : 'word',
    )
  }
  return response.counts[unit][variant]!
}
