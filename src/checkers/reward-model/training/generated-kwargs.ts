import type { Random } from '../../../core/random.ts'
import { type LanguageCode, languages } from '../../instructions/language.ts'
import type { TextView } from '../../instructions/text-view.ts'

/**
 * Parameters for an instruction about a given text, drawn so that both verdicts are frequent: limits near the true count,
 * keywords from the text and from elsewhere, beginnings and endings that hold or nearly hold.
 * @param stranger another text, the source of words that the first one may lack
 */
export function drawKwargs(
  id: string,
  view: TextView,
  stranger: string,
  random: Random,
): Record<string, unknown> | null {
  const draw = drawers[id]
  return draw ? draw({ view, stranger, random }) : null
}

interface Draw {
  readonly view: TextView
  readonly stranger: string
  readonly random: Random
}

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!
const relations = ['at least', 'less than'] as const

/** A limit near a count: equal, one beside, or some share away. */
function near(count: number, random: Random): number {
  const kind = random()
  if (kind < 0.15) return Math.max(1, count)
  if (kind < 0.35) return Math.max(1, count + (random() < 0.5 ? 1 : -1))
  if (kind < 0.8) return Math.max(1, Math.round(count * (0.5 + random())))
  return Math.max(1, Math.round(pick([2, 3, 5, 10, 20, 50, 100, 150, 200, 300, 400, 500, 800], random)))
}

function wordsOf(text: string): string[] {
  return text.slice(0, 6000).match(/[\p{L}\p{N}]{2,20}/gu) ?? []
}

function wordFrom(text: string, random: Random): string | null {
  const words = wordsOf(text)
  if (words.length === 0) return null
  const word = pick(words, random)
  // Runs of Han signs are no words: a piece of two to four signs is one.
  if (/^\p{Script=Han}{5,}/u.test(word)) {
    const at = Math.floor(random() * (word.length - 4))
    return word.slice(at, at + 2 + Math.floor(random() * 3))
  }
  return random() < 0.7 ? word.toLowerCase() : word
}

function someWords({ view, stranger, random }: Draw, foreignShare: number): string[] | null {
  const count = 1 + Math.floor(random() * 3)
  const isForeign = random() < foreignShare
  const words = Array.from({ length: count }, (_, index) =>
    wordFrom(isForeign && (index === 0 || random() < 0.5) ? stranger : view.text, random),
  )
  return words.every((word) => word !== null) ? words : null
}

const drawers: Readonly<Record<string, (draw: Draw) => Record<string, unknown> | null>> = {
  'length_constraints:number_words': ({ view, random }) => ({
    relation: pick(relations, random),
    num_words: near(view.wordCount, random),
  }),
  'length_constraints:number_sentences': ({ view, random }) => ({
    relation: pick(relations, random),
    num_sentences: near(view.sentenceCount, random),
  }),
  'length_constraints:number_paragraphs': ({ view, random }) => ({
    num_paragraphs: near(view.text.split('***').length, random),
  }),
  'length_constraints:nth_paragraph_first_word': ({ view, stranger, random }) => {
    const paragraphs = view.text.split('\n\n')
    const nth = 1 + Math.floor(random() * Math.min(paragraphs.length, 6))
    const first = wordsOf(paragraphs[nth - 1] ?? '')[0]
    const word = random() < 0.65 ? first : wordFrom(stranger, random)
    if (!word) return null
    const count = random() < 0.7 ? paragraphs.length : near(paragraphs.length, random)
    return { num_paragraphs: Math.max(count, nth), nth_paragraph: nth, first_word: word.toLowerCase() }
  },
  'keywords:existence': (draw) => {
    const keywords = someWords(draw, 0.5)
    return keywords && { keywords }
  },
  'keywords:forbidden_words': (draw) => {
    const words = someWords(draw, 0.75)
    return words && { forbidden_words: words }
  },
  'keywords:frequency': ({ view, stranger, random }) => {
    const keyword = wordFrom(random() < 0.85 ? view.text : stranger, random)
    if (!keyword) return null
    const count = view.lower.split(keyword.toLowerCase()).length - 1
    return { keyword, relation: pick(relations, random), frequency: near(count, random) }
  },
  'keywords:letter_frequency': ({ view, random }) => {
    const letter = pick([...'abcdefghijklmnopqrstuvwxyz'], random)
    const count = view.lower.split(letter).length - 1
    return { letter, let_relation: pick(relations, random), let_frequency: near(count, random) }
  },
  'startend:end_checker': ({ view, stranger, random }) => {
    const source = random() < 0.65 ? view.stripped : stranger.trim()
    const kind = random()
    if (kind < 0.75) {
      const phrase = source.slice(-(4 + Math.floor(random() * 30))).trim()
      return phrase === '' ? null : { end_phrase: phrase }
    }
    return {
      end_phrase: pick(
        ['Is there anything else I can help with?', 'Hope this helps!', 'Thank you.', '谢谢', '以上'],
        random,
      ),
    }
  },
  'detectable_format:number_bullet_lists': ({ view, random }) => ({
    num_bullets: near(view.lines.filter((line) => /^\s*[-*]\s/.test(line)).length, random),
  }),
  'detectable_format:number_highlighted_sections': ({ view, random }) => ({
    num_highlights: near(view.text.match(/\*[^\n*]+\*/g)?.length ?? 0, random),
  }),
  'detectable_content:number_placeholders': ({ view, random }) => ({
    num_placeholders: near(view.text.match(/\[[^\]]*\]/g)?.length ?? 0, random),
  }),
  'change_case:capital_word_frequency': ({ view, random }) => ({
    capital_relation: pick(relations, random),
    capital_frequency: near(view.words.filter((word) => /^\p{Lu}+$/u.test(word)).length, random),
  }),
  'language:response_language': ({ view, random }) => {
    const spoken = view.language
    const codes = Object.keys(languages) as LanguageCode[]
    const isTrue = random() < 0.55 && spoken !== null && spoken in languages
    return { language: isTrue ? spoken : pick(codes, random) }
  },
  'punctuation:no_comma': () => ({}),
  'startend:quotation': () => ({}),
  'detectable_format:title': () => ({}),
  'detectable_format:json_format': () => ({}),
  'combination:two_responses': () => ({}),
  'change_case:english_lowercase': () => ({}),
  'change_case:english_capital': () => ({}),
  'detectable_content:postscript': ({ random }) => ({ postscript_marker: pick(['P.S.', 'P.P.S'], random) }),
  'combination:repeat_prompt': ({ view, stranger, random }) => {
    const text = (random() < 0.6 ? view.stripped : stranger.trim()).slice(0, 30 + Math.floor(random() * 60)).trim()
    return text === '' ? null : { prompt_to_repeat: text }
  },
}

/** Instructions whose verdict hangs on the text alone: they are drawn less often, on edited texts. */
export const plainInstructions: ReadonlySet<string> = new Set(
  Object.entries(drawers)
    .filter(([, draw]) => draw.length === 0)
    .map(([id]) => id),
)
/** Ids that can be drawn. */
export const drawableInstructions: readonly string[] = Object.keys(drawers)
