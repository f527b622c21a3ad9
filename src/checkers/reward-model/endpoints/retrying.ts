import { CallError } from '../../../models/call-error.ts'
import type { QueueSettings } from '../../../models/queue/queue-settings.ts'
import { decideRetry } from '../../../models/queue/retry-policy.ts'

/**
 * Runs `attempt` until it succeeds or the retry policy gives up.
 * @param wait called before every further try, with the time to wait and what went wrong
 * @throws CallError of the last try, its message telling how many there were
 */
export async function retrying<T>(
  attempt: () => Promise<T>,
  settings: QueueSettings,
  signal: AbortSignal,
  wait: (delayMs: number, error: CallError) => Promise<void>,
): Promise<T> {
  const attempts: CallError[] = []
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      attempts.push(error)
      const decision = decideRetry(attempts, settings)
      if (decision.kind === 'give-up' || signal.aborted) throw summary(attempts)
      await wait(decision.delayMs, error)
    }
  }
}

function summary(attempts: readonly CallError[]): CallError {
  const latest = attempts.at(-1)!
  if (attempts.length === 1) return latest
  return new CallError(latest.kind, `${latest.message} (after ${attempts.length} tries)`, {
    fatal: latest.fatal,
    httpStatus: latest.httpStatus,
    cause: latest,
  })
}
