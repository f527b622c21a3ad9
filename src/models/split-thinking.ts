/**
 * Where reasoning is looked for in the text of a reply.
 * - `auto`: think blocks at the start of the text, with or without their opening tag
 * - `prefilled`: as `auto`, but the chat template has opened the block: a text without closing tag is all reasoning
 * - `keep`: nowhere, tags stay in the answer
 */
export type ThinkingMode = (typeof thinkingModes)[number]

/** Every {@link ThinkingMode}, the default first. */
export const thinkingModes = ['auto', 'prefilled', 'keep'] as const

/** A text taken apart. `answer` is null when a think block was never closed. */
export interface SplitText {
  readonly reasoning: string | null
  readonly answer: string | null
}

/** Tags that open-weight models are trained with (DeepSeek and Qwen; Kimi; Seed; Magistral). */
const tagPairs: readonly (readonly [open: string, close: string])[] = [
  ['<think>', '</think>'],
  ['◁think▷', '◁/think▷'],
  ['<seed:think>', '</seed:think>'],
  ['[THINK]', '[/THINK]'],
]

/**
 * Takes think blocks off the start of a reply. White space between the last block and the answer goes with the block;
 * an answer without any block stays as it is. Tags in the middle of an answer are the answer's own.
 */
export function splitThinking(text: string, mode: ThinkingMode): SplitText {
  if (mode === 'keep') return { reasoning: null, answer: text }
  const parts: string[] = []
  let rest = text
  for (let pair = openingPair(rest); pair; pair = openingPair(rest)) {
    const start = rest.indexOf(pair[0]) + pair[0].length
    const end = rest.indexOf(pair[1], start)
    if (end === -1) return { reasoning: join([...parts, rest.slice(start)]), answer: null }
    parts.push(rest.slice(start, end))
    rest = rest.slice(end + pair[1].length)
  }
  if (parts.length > 0) return { reasoning: join(parts), answer: rest.trimStart() }
  const prefilled = closingWithoutOpening(text)
  if (prefilled) return prefilled
  return mode === 'prefilled' ? { reasoning: text.trim(), answer: null } : { reasoning: null, answer: text }
}

function openingPair(text: string): readonly [string, string] | undefined {
  const start = firstVisible(text)
  return tagPairs.find(([open]) => text.startsWith(open, start))
}

function firstVisible(text: string): number {
  let index = 0
  while (index < text.length && text[index]!.trim() === '') index += 1
  return index
}

function closingWithoutOpening(text: string): SplitText | null {
  for (const [open, close] of tagPairs) {
    const end = text.indexOf(close)
    if (end === -1) continue
    const opened = text.indexOf(open)
    // A pair inside the text is quoted or shown by the answer, not a block that the template has opened.
    if (opened !== -1 && opened < end) continue
    return { reasoning: text.slice(0, end).trim(), answer: text.slice(end + close.length).trimStart() }
  }
  return null
}

function join(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')
}
