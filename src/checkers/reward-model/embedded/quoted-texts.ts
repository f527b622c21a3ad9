const longest = 400
const most = 12
const quoted =
  /"([^"\n]{1,400})"|“([^”\n]{1,400})”|‘([^’\n]{1,400})’|「([^」\n]{1,400})」|『([^』\n]{1,400})』|`([^`\n]{1,400})`|(?<![\p{Script=Latin}\p{N}])'((?:[^'\n]|(?<=\p{Script=Latin})'(?=\p{Script=Latin})){1,200})'(?![\p{Script=Latin}\p{N}])/gu
const listed =
  /(?:keywords?|words?|phrases?|terms?|letters?|characters?|关键词|词语|单词|词|字母|字符|字|短语)(?:\s(?:is|are|be))?\s?[:：]\s?([^\n.。;；]{1,200})/giu
const separator = /[,，、]|\band\b|\bor\b|和|或/u
const named =
  /(?<![-\d])\b(?:the |a )?(?:word|keyword|letter|phrase|term) ([\p{L}\p{N}'-]{1,40})\b|(?:单词|关键词|字母|词)\s?([A-Za-z0-9]{1,40})/giu
const isFunctionWord =
  /^(?:is|are|be|in|of|and|or|that|should|must|to|count|limit|length|which|with|for|at|on|as|may|can|has|from|per|written|used|choice|order)$/i
/** Marks of a postscript are asked for by themselves, without quotation marks. */
const postscript = /\bP\.\s?(?:P\.\s?)?S\b\.?/g

/** A text that a constraint quotes or lists, with its place. */
export interface QuotedText {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * Texts that a constraint quotes or lists: keywords, phrases, beginnings, endings. At most twelve; one that is quoted
 * twice comes twice.
 */
export function quotedTexts(text: string): QuotedText[] {
  const found = inMarks(text)
  if (found.length === 0) found.push(...inLists(text))
  if (found.length === 0) found.push(...byName(text))
  if (found.length === 0) {
    for (const { 0: mark, index } of text.matchAll(postscript)) found.push(placed(mark, index))
  }
  return found.filter((part) => part.text !== '' && part.text.length <= longest).slice(0, most)
}

function inMarks(text: string): QuotedText[] {
  return [...text.matchAll(quoted)].map((match) =>
    // Every opening mark is one code unit.
    placed(match.slice(1).find((group) => group !== undefined)!, match.index + 1),
  )
}

function inLists(text: string): QuotedText[] {
  const found: QuotedText[] = []
  for (const match of text.matchAll(listed)) {
    const list = match[1]!
    let at = match.index + match[0].length - list.length
    for (const part of list.split(separator)) {
      const start = text.indexOf(part, at)
      found.push(placed(part, start))
      at = start + part.length
    }
  }
  return found
}

function byName(text: string): QuotedText[] {
  const found: QuotedText[] = []
  for (const match of text.matchAll(named)) {
    const word = match[1] ?? match[2]!
    if (!isFunctionWord.test(word)) found.push(placed(word, match.index + match[0].length - word.length))
  }
  return found
}

/** A part without the white space around it. */
function placed(part: string, start: number): QuotedText {
  const text = part.trim()
  const from = start + part.length - part.trimStart().length
  return { text, start: from, end: from + text.length }
}
