const pointers = ['用户', '给定', '给出的', '提供的', '原文', '示例', '指令']

/**
 * Tells whether a criterion points at the prompt (the user, the given text, the original, the example), so that it cannot
 * be judged from the response alone. A word list of this project's own; true for 610 of the 4,237 criteria.
 */
export function pointsAtPrompt(criterion: string): boolean {
  return pointers.some((pointer) => criterion.includes(pointer))
}
