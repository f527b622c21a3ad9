import type { PunktParameters } from './punkt-parameters.ts'

/**
 * Punkt parameters of our own, for splitting English without the trained tables (embedded samples, no download): common
 * abbreviations and sentence openers, no orthographic statistics. Scores made with them carry `house-assets`.
 */
export const housePunktParameters: PunktParameters = {
  abbreviations: new Set(
    `mr mrs ms dr prof st jr sr rev gen col capt lt sgt gov sen rep hon pres
     inc ltd co corp bros dept univ assn vs est approx min max
     jan feb mar apr aug sept sep oct nov dec mon tue tues wed thu thurs fri
     a.m p.m u.s u.k e.g i.e ph.d b.a m.a d.c no vol ed fig p pp`.split(/\s+/),
  ),
  collocations: new Set(),
  sentenceStarters: new Set('the this that it he she they we i in on at but and however when if there'.split(' ')),
  orthographicContext: new Map(),
}
