/** Marks with which chat models begin a text. */
const beginnings = ['<|begin_of_text|>', '<s>', '<bos>', '<｜begin▁of▁sentence｜>'] as const

/** Marks with which chat models end their turn. */
const endings = [
  '<|im_end|>',
  '<|endoftext|>',
  '<|eot_id|>',
  '<|end_of_text|>',
  '<|end|>',
  '<|return|>',
  '</s>',
  '<eos>',
  '<end_of_turn>',
  '<｜end▁of▁sentence｜>',
] as const

/**
 * A rollout without the marks of the end of the turn. Trainers that decode with special tokens leave them in the text,
 * where they would break every rule on how a response ends.
 */
export function withoutEnding(text: string): string {
  for (let rest = text; ; ) {
    const trimmed = rest.trimEnd()
    const mark = endings.find((ending) => trimmed.endsWith(ending))
    // White space that no mark follows is the response's own.
    if (mark === undefined) return rest
    rest = trimmed.slice(0, -mark.length)
  }
}

/** What follows the prompt in a query; null where the query does not begin with it, a mark of the beginning aside. */
export function afterPrompt(query: string, prompt: string): string | null {
  if (query.startsWith(prompt)) return query.slice(prompt.length)
  const mark = beginnings.find((beginning) => query.startsWith(beginning + prompt))
  return mark === undefined ? null : query.slice(mark.length + prompt.length)
}
