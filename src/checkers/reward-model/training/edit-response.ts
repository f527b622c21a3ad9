import type { Random } from '../../../core/random.ts'

/**
 * A response changed so that it meets or misses an instruction that unedited responses hardly ever meet (or miss). About
 * half of the texts come back unchanged.
 */
export function editFor(id: string, text: string, random: Random): string {
  const edit = edits[id]
  return edit && random() < 0.55 ? edit(text, random) : text
}

const edits: Readonly<Record<string, (text: string, random: Random) => string>> = {
  'punctuation:no_comma': (text) => text.replaceAll(',', ''),
  'startend:quotation': (text, random) =>
    random() < 0.7 ? `"${text.trim()}"` : random() < 0.5 ? `"${text.trim()}` : `“${text.trim()}”`,
  'detectable_format:title': (text, random) =>
    random() < 0.7 ? `<<${text.trim().slice(0, 20).replaceAll('\n', ' ')}>>\n\n${text}` : `# Title\n\n${text}`,
  'detectable_format:json_format': (text, random) => {
    const json = JSON.stringify({ answer: text.slice(0, 300), parts: text.length }, null, random() < 0.5 ? 2 : 0)
    const kind = random()
    if (kind < 0.4) return json
    if (kind < 0.7) return `\`\`\`json\n${json}\n\`\`\``
    return kind < 0.85 ? json.slice(0, -1) : `Here is the JSON:\n${json}`
  },
  'combination:two_responses': (text, random) => {
    const half = Math.floor(text.length / 2)
    const kind = random()
    const mark = kind < 0.7 ? '******' : kind < 0.85 ? '***' : '---'
    return `${text.slice(0, half)}\n${mark}\n${text.slice(half)}`
  },
  'change_case:english_lowercase': (text) => text.toLowerCase(),
  'change_case:english_capital': (text) => text.toUpperCase(),
  'detectable_content:postscript': (text, random) =>
    `${text}\n\n${random() < 0.6 ? 'P.S.' : random() < 0.5 ? 'P.P.S' : 'Note:'} ${text.slice(0, 40).replaceAll('\n', ' ')}`,
  'detectable_format:number_bullet_lists': (text, random) => {
    const mark = random() < 0.5 ? '* ' : '- '
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    return lines
      .slice(0, 2 + Math.floor(random() * 6))
      .map((line) => mark + line.trim())
      .join('\n')
  },
  'detectable_format:number_highlighted_sections': (text, random) =>
    markWords(text, /\p{L}{4,12}/gu, 5, 0.1, random, (word) => `*${word}*`),
  'detectable_content:number_placeholders': (text, random) =>
    markWords(text, /\p{L}{4,12}/gu, 5, 0.1, random, (word) => `[${word}]`),
  'change_case:capital_word_frequency': (text, random) =>
    markWords(text, /[a-z]{4,12}/g, 12, 0.15, random, (word) => word.toUpperCase()),
  'length_constraints:number_paragraphs': (text, random) => {
    const cut = random() < 0.8 ? '\n***\n' : '\n\n'
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    return lines.slice(0, 1 + Math.floor(random() * 6)).join(cut)
  },
  'length_constraints:number_words': (text, random) => text.slice(0, Math.floor(text.length * random())),
  'length_constraints:number_sentences': (text, random) => text.slice(0, Math.floor(text.length * random())),
}

/** Changes up to `most` words, each with some chance. */
function markWords(
  text: string,
  word: RegExp,
  most: number,
  chance: number,
  random: Random,
  change: (word: string) => string,
): string {
  let left = 1 + Math.floor(random() * most)
  return text.replace(word, (found) => {
    if (left === 0 || random() >= chance) return found
    left -= 1
    return change(found)
  })
}
