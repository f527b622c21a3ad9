import { claimFeatures } from './claim-features.ts'
import type { ConstraintReading } from './constraint-reading.ts'
import { cues } from './cues.ts'
import { absent, type FeatureGroup } from './feature-group.ts'
import { formatMarks } from './format-marks.ts'
import { positionShare } from './position-claims.ts'
import { quoteFeatures } from './quote-features.ts'
import { readingNames, writeReading } from './reading-features.ts'
import type { ResponseReading } from './response-reading.ts'
import { overlap } from './token-set.ts'

/** Changes whenever a feature is computed otherwise: weights fit one version only. */
export const featureVersion = 2

const cueFeatures: FeatureGroup = {
  names: [...cues.map(({ id }) => `cue:${id}`), 'negated'],
  write(out, at, constraint) {
    out.set(constraint.cues, at)
    out[at + cues.length] = Number(constraint.isNegated)
  },
}

/** Marks that the constraint speaks of: is it there? Others are absent. */
const markFeatures: FeatureGroup = {
  names: [...formatMarks.map(({ id }) => `mark:${id}`), 'marks:asked', 'marks:agree'],
  write(out, at, { asked, isNegated }, { marks }) {
    let spokenOf = 0
    let agreeing = 0
    for (let index = 0; index < marks.length; index += 1) {
      out[at + index] = asked[index] === 1 ? marks[index]! : absent
      if (asked[index] !== 1) continue
      spokenOf += 1
      if ((marks[index] === 1) !== isNegated) agreeing += 1
    }
    out[at + marks.length] = spokenOf
    out[at + marks.length + 1] = spokenOf === 0 ? absent : agreeing / spokenOf
  },
}

const languageFeatures: FeatureGroup = {
  names: ['language:asked', 'language:spoken', 'language:same-script'],
  write(out, at, constraint, response) {
    out[at] = constraint.language === null ? absent : Number(constraint.language === response.language)
    out[at + 1] = response.language === null ? 0 : response.language === 'en' ? 1 : response.language === 'zh' ? 2 : 3
    out[at + 2] = Number((constraint.cues[hanCue] === 1) === (response.language === 'zh' || response.language === 'ja'))
  },
}
const hanCue = cues.findIndex(({ id }) => id === 'han')

/** Punctuation marks of the response beside those that the constraint quotes. */
const punctuationFeatures: FeatureGroup = {
  names: ['punctuation:others', 'punctuation:quoted'],
  write(out, at, { cues: cueFlags, quotes }, { punctuation }) {
    out[at] = absent
    out[at + 1] = absent
    if (cueFlags[punctuationCue] !== 1) return
    const quoted = quotes.join('')
    let others = 0
    for (const sign of punctuation) if (!quoted.includes(sign)) others += 1
    out[at] = others
    out[at + 1] = punctuation.size - others
  },
}
const punctuationCue = cues.findIndex(({ id }) => id === 'punctuation')

const overlapFeatures: FeatureGroup = {
  names: ['overlap:words', 'overlap:trigrams', 'overlap:needed', 'overlap:opening', 'overlap:ending', 'overlap:names'],
  write(out, at, { tokens: needed, names }, { tokens: given, openingWords, endingWords, lower }) {
    out[at] = overlap(needed.words, given.words) ?? absent
    out[at + 1] = overlap(needed.trigrams, given.trigrams) ?? absent
    out[at + 2] = needed.words.size
    out[at + 3] = overlap(needed.words, openingWords) ?? absent
    out[at + 4] = overlap(needed.words, endingWords) ?? absent
    out[at + 5] = names.length === 0 ? absent : names.filter((name) => lower.includes(name)).length / names.length
  },
}

const positionFeatures: FeatureGroup = {
  names: ['position:share', 'position:within'],
  write(out, at, { position, sequence }, response) {
    out[at] = position === null ? absent : (positionShare(position, sequence, response) ?? absent)
    out[at + 1] = position === null ? absent : position.within === null ? 0 : position.within.index === 'each' ? 2 : 1
  },
}

/** A response that goes on with turns of its own. */
const inventedTurn = /^(?:#{1,4} )?(?:human|user|assistant|instruction)\s?:/im

/** How long the response is. It counts only beside what the constraint asks for: trees split on cues and claims first. */
const shapeFeatures: FeatureGroup = {
  names: [
    'shape:words',
    'shape:sentences',
    'shape:paragraphs',
    'shape:lines',
    'shape:sentence-length',
    'shape:distinct',
    'shape:empty',
    'shape:turns',
    'shape:repeated-lines',
    'shape:cut-off',
  ],
  write(out, at, _constraint, { counts, tokens, trimmed, lines }) {
    const words = counts.word[1]
    out[at] = Math.log2(words + 1)
    out[at + 1] = Math.log2(counts.sentence[1] + 1)
    out[at + 2] = Math.log2(counts.paragraph[1] + 1)
    out[at + 3] = Math.log2(counts.line[0] + 1)
    out[at + 4] = words / Math.max(1, counts.sentence[1])
    out[at + 5] = tokens.words.size / Math.max(1, words)
    out[at + 6] = trimmed === '' ? 1 : 0
    out[at + 7] = inventedTurn.test(trimmed) ? 1 : 0
    out[at + 8] = lines.length === 0 ? 0 : 1 - new Set(lines).size / lines.length
    out[at + 9] = /[\p{L}\p{N},，、]$/u.test(trimmed) ? 1 : 0
  },
}

const groups: readonly FeatureGroup[] = [
  claimFeatures,
  quoteFeatures,
  positionFeatures,
  markFeatures,
  punctuationFeatures,
  languageFeatures,
  cueFeatures,
  overlapFeatures,
  shapeFeatures,
]

const groupNames: readonly string[] = groups.flatMap(({ names }) => names)
const columnOf = new Map(groupNames.map((name, index) => [name, index]))

/** Names of all features in the order of the vector. */
export const featureNames: readonly string[] = [...groupNames, ...readingNames]

/** Writes the features of one pair. `out` holds {@link featureNames}.length values. */
export function writeFeatures(constraint: ConstraintReading, response: ResponseReading, out: Float32Array): void {
  let at = 0
  for (const group of groups) {
    group.write(out, at, constraint, response)
    at += group.names.length
  }
  writeReading(constraint, (name) => out[columnOf.get(name)!]!, out, at)
}
