import type { ScoringContext } from '../../../src/checkers/scoring-context.ts'
import type { CallRequest, Reply } from '../../../src/core/call.ts'

/** What a scripted endpoint does with one call: a text, a call that fails, or a whole reply. */
export type ScriptedReply = string | { readonly fails: string } | Partial<Reply>

/** A scoring context whose only endpoint answers from a script, and which keeps what it was asked. */
export interface ScriptedContext extends ScoringContext {
  readonly requests: CallRequest[]
  readonly warnings: string[]
}

export function scriptedContext(
  answer: (request: CallRequest, count: number) => ScriptedReply,
  options: Partial<Omit<ScoringContext, 'call' | 'warn'>> = {},
): ScriptedContext {
  const requests: CallRequest[] = []
  const warnings: string[] = []
  return {
    soft: 'judge',
    rewardModel: null,
    python: null,
    endpoint: () => 'scripted/judge',
    ...options,
    requests,
    warnings,
    warn: (message) => warnings.push(message),
    async call(request) {
      requests.push(request)
      const scripted = answer(request, requests.length - 1)
      const base: Reply = {
        key: `key-${requests.length}`,
        status: 'ok',
        text: null,
        reasoning: null,
        finishReason: 'stop',
        returnedModel: null,
        usage: null,
      }
      if (typeof scripted === 'string')
        return { ...base, text: scripted, status: scripted.trim() === '' ? 'empty' : 'ok' }
      if ('fails' in scripted) {
        return { ...base, status: 'provider-error', failure: { kind: 'server', message: scripted.fails } }
      }
      return { ...base, ...scripted }
    },
  }
}
