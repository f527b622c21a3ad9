import { strip } from '../../text/strip.ts'
import type { RuleReading } from './rule-kind.ts'

const heading = '【模型回复中评分问题的评测对象】\n'
const afterthoughts = ['\n\n请注意', '\n\n**注意', '\n\n注意']
const labels = ['评分对象：', '评测对象：']

/** Passages of a response that a scoring question is about, as an extractor's reply names them. */
export interface Extraction {
  /** What is left of the reply after its headings and labels; null when there is no reply or no response. */
  readonly target: string | null
  readonly segments: readonly string[]
}

/**
 * Reads an extractor's reply as upstream does: what follows the last heading, before an afterthought, after the last
 * label or else after the last full-width colon. `all` at the beginning stands for the whole response, `None` anywhere
 * for no passage; otherwise passages are parted by `||` and trimmed.
 *
 * Source: thu-coai/ComplexBench `evaluation/rule_based_evaluation.py` and `con_rule.py` at 749f4575.
 * @param response the whole response, not the part that the extractor saw
 */
export function readExtraction(response: string | null, reply: string | null): Extraction {
  if (response === null || reply === null) return { target: null, segments: [] }
  const target = labelled(withoutAfterthought(afterLast(reply, heading) ?? reply))
  // parity: `all` is looked for without trimming (`allow` counts), `None` anywhere.
  if (target.startsWith('all')) return { target, segments: [response] }
  return { target, segments: target.includes('None') ? [] : passages(target) }
}

/**
 * The same with the traps taken out: the label may have either colon and bold marks, `all` and `None` must be the whole
 * target, and a passage without label keeps its colons.
 * @returns null when the reply holds neither heading nor label: nothing was extracted
 */
export function readExtractionStrictly(response: string, reply: string): Extraction | null {
  const headed = afterLast(reply, heading)
  const body = withoutAfterthought(headed ?? reply)
  const label = lastLabel(body)
  if (headed === null && label === null) return null
  const target = strip(label ?? body)
  const word = strip(target, ' \t\n"\'“”`*。.')
  if (word.toLowerCase() === 'all') return { target, segments: [response] }
  return { target, segments: word === 'None' || word === '' ? [] : passages(target) }
}

/** How a protocol reads an extractor's reply; null where it cannot. A missing response has no passages. */
export const extractionReaders: Readonly<
  Record<RuleReading, (response: string | null, reply: string) => Extraction | null>
> = {
  official: readExtraction,
  fixed: (response, reply) =>
    response === null ? { target: null, segments: [] } : readExtractionStrictly(response, reply),
}

function withoutAfterthought(text: string): string {
  if (!text.includes('注意')) return text
  return afterthoughts.reduce((rest, mark) => {
    const at = rest.lastIndexOf(mark)
    return at === -1 ? rest : rest.slice(0, at)
  }, text)
}

function labelled(text: string): string {
  for (const label of [...labels, '：']) {
    const after = afterLast(text, label)
    // parity: without a label whatever precedes the last full-width colon is lost.
    if (after !== null) return after
  }
  return text
}

function lastLabel(text: string): string | null {
  let end = -1
  for (const name of ['评分对象', '评测对象']) {
    for (const marks of ['', '**']) {
      for (const colon of ['：', ':']) {
        const mark = `${name}${marks}${colon}`
        const at = text.lastIndexOf(mark)
        if (at !== -1) end = Math.max(end, at + mark.length)
      }
    }
  }
  return end === -1 ? null : text.slice(text.startsWith('**', end) ? end + 2 : end)
}

function passages(target: string): string[] {
  return target.split('||').map((passage) => strip(passage))
}

function afterLast(text: string, mark: string): string | null {
  let end = -1
  // Forwards: marks are rare and stand near the front, and searching forwards is much the faster.
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, end)) end = at + mark.length
  return end === -1 ? null : text.slice(end)
}
