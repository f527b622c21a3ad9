import type { RuleReading } from './rule-kind.ts'

const yes = '答案：是'
const no = '答案：否'
const stem = '答案：'

/**
 * Reads a judge's reply as upstream does. Exactly one `答案：是` or `答案：否` decides; otherwise the reply is a yes only
 * when it holds `是` somewhere and `否` nowhere. Every reply has a verdict: an English one is a no.
 *
 * Source: thu-coai/ComplexBench `evaluation/llm_based_evaluation.py` at 749f4575.
 */
export function readJudgeReply(reply: string): boolean {
  const first = nextAnswer(reply, 0)
  const second = first === null ? null : nextAnswer(reply, first.end)
  if (first !== null && second === null) return first.isYes
  return reply.includes('是') && !reply.includes('否')
}

const looseAnswer = /答案(?:\*\*)?[：:](?:\*\*)?[ \t\u3000]{0,9}(?:\*\*|“|")?[ \t]{0,9}([是否])(?!否)/g

/**
 * Reads a judge's reply without guessing: the answer lines, with either colon, blanks, quotes or bold marks, must agree.
 * @returns null when there is no answer line, or when they contradict each other
 */
export function readJudgeReplyStrictly(reply: string): boolean | null {
  let answer: string | null = null
  for (const [, found] of reply.matchAll(looseAnswer)) {
    if (answer !== null && found !== answer) return null
    answer = found!
  }
  return answer === null ? null : answer === '是'
}

/** How a protocol reads a judge's reply; null where it cannot. */
export const judgeReaders: Readonly<Record<RuleReading, (reply: string) => boolean | null>> = {
  official: readJudgeReply,
  fixed: readJudgeReplyStrictly,
}

function nextAnswer(reply: string, from: number): { readonly isYes: boolean; readonly end: number } | null {
  for (let at = reply.indexOf(stem, from); at !== -1; at = reply.indexOf(stem, at + 1)) {
    if (reply.startsWith(yes, at)) return { isYes: true, end: at + yes.length }
    if (reply.startsWith(no, at)) return { isYes: false, end: at + no.length }
  }
  return null
}
