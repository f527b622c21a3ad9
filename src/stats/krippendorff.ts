/** One rating: a category, or null where the rater gave none. */
export type NominalRating = string | number | null

/**
 * Krippendorff's alpha for categories, any number of raters, ratings may be missing. Units with fewer than two ratings
 * are dropped. Null where chance cannot disagree (one category only, or no unit left).
 * Source: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability" (coincidence matrix).
 * @param units ratings of each unit
 */
export function krippendorffNominal(units: readonly (readonly NominalRating[])[]): number | null {
  const totals = new Map<string | number, number>()
  let observed = 0
  let pairable = 0
  for (const unit of units) {
    const ratings = unit.filter((rating) => rating !== null)
    if (ratings.length < 2) continue
    pairable += ratings.length
    const counts = new Map<string | number, number>()
    for (const rating of ratings) {
      counts.set(rating, (counts.get(rating) ?? 0) + 1)
      totals.set(rating, (totals.get(rating) ?? 0) + 1)
    }
    for (const count of counts.values()) observed += (count * (ratings.length - count)) / (ratings.length - 1)
  }
  let expected = 0
  for (const total of totals.values()) expected += total * (pairable - total)
  return expected === 0 ? null : 1 - ((pairable - 1) * observed) / expected
}
