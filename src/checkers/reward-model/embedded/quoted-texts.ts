const longest = 400
const most = 12
const quoted =
  /"([^"\n]{1,400})"|“([^”\n]{1,400})”|‘([^’\n]{1,400})’|「([^」\n]{1,400})」|『([^』\n]{1,400})』|`([^`\n]{1,400})`|(?<![\p{L}\p{N}])'((?:[^'\n]|(?<=\p{L})'(?=\p{L})){1,200})'(?![\p{L}\p{N}])/gu
const listed =
  /(?:keywords?|words?|phrases?|terms?|letters?|characters?|关键词|词语|单词|词|字母|字符|字|短语)(?:\s(?:is|are|be))?\s?[:：]\s?([^\n.。;；]{1,200})/giu
const named =
  /\b(?:the |a )?(?:word|keyword|letter|phrase|term)s? ([\p{L}\p{N}'-]{1,40})\b|(?:单词|关键词|字母|词)\s?([A-Za-z0-9]{1,40})/giu
const isFunctionWord =
  /^(?:is|are|be|in|of|and|or|that|should|must|to|count|limit|which|with|for|at|on|as|may|can|has)$/i

/**
 * Texts that a constraint quotes or lists: keywords, phrases, beginnings, endings. At most twelve; one that is quoted
 * twice comes twice.
 */
export function quotedTexts(text: string): string[] {
  const found = [...text.matchAll(quoted)].map((match) => match.slice(1).find((group) => group !== undefined)!)
  if (found.length === 0) {
    for (const match of text.matchAll(listed)) found.push(...match[1]!.split(/[,，、]|\band\b|\bor\b|和|或/u))
  }
  if (found.length === 0) {
    for (const match of text.matchAll(named)) {
      const word = match[1] ?? match[2]!
      if (!isFunctionWord.test(word)) found.push(word)
    }
  }
  return found
    .map((part) => part.trim())
    .filter((part) => part !== '' && part.length <= longest)
    .slice(0, most)
}
