import { CallError } from '../call-error.ts'
import type { Connection } from '../http/connection.ts'
import { exchange } from '../http/exchange.ts'
import { httpFailure } from '../http/http-failure.ts'
import { parseJsonReply } from '../http/json-reply.ts'

/** A list is small and must not hold up a start for as long as a generation may. */
const longestWaitMs = 30_000

/**
 * Ids of the models that a server lists under `/models`, in its order.
 * @throws CallError
 */
export async function listModels(connection: Connection, signal: AbortSignal): Promise<readonly string[]> {
  const { dispatcher, base, headers, redactor } = connection
  const timeoutMs = Math.min(connection.timeoutMs, longestWaitMs)
  const path = `${base.path}/models`
  const reply = await exchange(dispatcher, { origin: base.origin, path, method: 'GET', headers, timeoutMs }, signal)
  const redact = (text: string) => redactor.message(text)
  if (reply.status !== 200) throw httpFailure(reply, base.origin, redact)
  const list = parseJsonReply(reply, base.origin, redactor)
  const rows: unknown = Array.isArray(list) ? list : (list as { data?: unknown } | null)?.data
  if (!Array.isArray(rows)) {
    throw new CallError('malformed', `Expected a list of models from ${base.address}/models, got something else`)
  }
  return rows.map((row: { id?: unknown } | null) => row?.id).filter((id): id is string => typeof id === 'string')
}
