import { extractionReaders } from '../../checkers/complexbench/extraction-reply.ts'
import { judgeReaders } from '../../checkers/complexbench/judge-reply.ts'
import { askJudge, type JudgeAnswer } from '../../checkers/judge/ask-judge.ts'
import type { ScoringContext } from '../../checkers/scoring-context.ts'
import type { Sampling } from '../../core/sampling.ts'
import type { FilledPrompt, PromptInput } from './prompt.ts'

/** Settings that upstream really sends; it prepares others (top_p, max_tokens) and drops them. */
export const askSampling: Sampling = { temperature: 0 }

/**
 * Rounds for an empty, withheld or (under `fixed`) unreadable reply. Failed calls are repeated by the endpoint's queue.
 * Upstream repeats without end and then scores the wrong one of its records.
 */
export const maxAttempts = 3

/** Where a question belongs, for the call log. */
export interface AskPlace {
  readonly item: string
  readonly constraint: string
  readonly sample: number
}

/** Asks the judge one question about a response. */
export function askVerdict(
  context: ScoringContext,
  prompt: FilledPrompt,
  { protocol }: Pick<PromptInput, 'protocol'>,
  place: AskPlace,
): Promise<JudgeAnswer<boolean>> {
  const read = judgeReaders[protocol]
  return askJudge(context, {
    ...rounds(prompt, place),
    role: 'judge',
    purpose: 'judge',
    parse: (text) => (text === '' ? null : read(text)),
  })
}

/** Asks the extractor for the passages that a question is about. */
export function askSegments(
  context: ScoringContext,
  prompt: FilledPrompt,
  { protocol, response }: Pick<PromptInput, 'protocol' | 'response'>,
  place: AskPlace,
): Promise<JudgeAnswer<readonly string[]>> {
  const read = extractionReaders[protocol]
  return askJudge(context, {
    ...rounds(prompt, place),
    role: 'extractor',
    purpose: 'extract',
    parse: (text) => (text === '' ? null : (read(response, text)?.segments ?? null)),
  })
}

function rounds({ text, templateHash }: FilledPrompt, place: AskPlace) {
  return {
    maxAttempts,
    onWithheld: 'next-round' as const,
    request: () => ({
      ...place,
      messages: [{ role: 'user' as const, content: text }],
      sampling: askSampling,
      templateHash,
    }),
  }
}
