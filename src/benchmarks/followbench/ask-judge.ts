import type { ScoringContext } from '../../checkers/scoring-context.ts'
import type { CallFailure, CallRequest } from '../../core/call.ts'
import type { Sampling } from '../../core/sampling.ts'

/** Settings of llm_eval.py at 6278f4c1: greedy, at most 1,024 tokens. */
export const judgeSampling: Sampling = { temperature: 0, maxTokens: 1024 }

/** parity: llm_eval.py asks five times in a row before it writes the word `error` instead of a reply. */
const attempts = 5

const worthAskingAgain: ReadonlySet<CallFailure['kind']> = new Set([
  'rate-limit',
  'server',
  'network',
  'timeout',
  'malformed',
])

/** What came back from the judge. */
export type JudgeAnswer =
  | { readonly kind: 'reply'; readonly text: string; readonly isCut: boolean; readonly calls: readonly string[] }
  | {
      readonly kind: 'nothing'
      readonly reason: string
      /** True when replies recorded elsewhere have none for this item: upstream's languages differ on that. */
      readonly isAbsent: boolean
      readonly calls: readonly string[]
    }

/** Asks the judge, in up to five rounds while the call itself fails. A reply that does not parse is not asked for again. */
export async function askJudge(
  context: ScoringContext,
  request: Pick<CallRequest, 'purpose' | 'sample' | 'item'> & {
    readonly prompt: string
    readonly templateHash: string
  },
): Promise<JudgeAnswer> {
  const { prompt, ...rest } = request
  const calls: string[] = []
  let failure: CallFailure | undefined
  for (let attempt = 0; attempt < attempts; attempt++) {
    const reply = await context.call({
      ...rest,
      role: 'judge',
      messages: [{ role: 'user', content: prompt }],
      sampling: judgeSampling,
      attempt,
    })
    calls.push(reply.key)
    if (reply.text !== null) return { kind: 'reply', text: reply.text, isCut: reply.status === 'truncated', calls }
    failure = reply.failure
    if (!failure)
      return { kind: 'nothing', reason: `the judge answered nothing (${reply.status})`, isAbsent: false, calls }
    if (!worthAskingAgain.has(failure.kind)) break
  }
  const isAbsent = failure?.kind === 'not-found'
  return { kind: 'nothing', reason: failure?.message ?? 'the judge answered nothing', isAbsent, calls }
}
