import type { ConstraintRecord } from './schema.ts'

/** Words that point at the conversation, its tools or its examples. */
const words =
  /用户|问题|输入|指令|给定|给出的|提供的|上文|上述|原文|示例|工具|对话|材料|\b(?:users?|input|quer(?:y|ies)|questions?|instructions?|prompt|given|provided|above|previous|original|source|examples?|tools?|functions?|conversation|context|request(?:ed|s)?|according to)\b/i

/**
 * True when a constraint cannot be judged from the answer and its wording alone: it holds under a condition only, refers
 * to an example, is a rule about rules, concerns tools, or points at the conversation. In doubt true: such constraints go
 * to the judge. A heuristic of this project's own.
 */
export function needsPrompt({ dimension, type, is_meta, desc }: ConstraintRecord): boolean {
  return dimension !== 'unconditional' || is_meta === true || [type].flat().includes('resource') || words.test(desc)
}
