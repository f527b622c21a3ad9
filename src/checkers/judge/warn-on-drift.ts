import type { CallRole } from '../../core/call.ts'
import type { ScoringContext } from '../scoring-context.ts'

const reported = new WeakMap<object, Map<string, Set<string>>>()

/**
 * Warns once per run and role for each model id that answers under another name than the one that was asked: an alias
 * that resolves to a snapshot, a router that falls back, a server whose model was swapped. Verdicts of two judges do not
 * compare, so a person has to know.
 * @param asked name of the endpoint as the run shows it: `openai https://host/v1 gpt-4o rev=7`, `demo judge`
 * @param returned model id that the server says it used; null when it did not say, then nothing can be compared
 */
export function warnOnDrift(
  context: Pick<ScoringContext, 'warn'>,
  role: CallRole,
  asked: string,
  returned: string | null,
): void {
  if (returned === null || isSameModel(asked, returned)) return
  let roles = reported.get(context)
  if (!roles) {
    roles = new Map()
    reported.set(context, roles)
  }
  const models = roles.get(role) ?? new Set<string>()
  roles.set(role, models)
  if (models.has(returned)) return
  models.add(returned)
  context.warn(`The ${role} was asked as ${asked} and answered as ${returned}: its verdicts may not compare.`)
}

/**
 * The asked model is the last part of the endpoint's name, but for the address, `rev=...` and `options=...`. It is the
 * same when one name ends with the other, at a `/` or `:`; a revision after `@` does not count. An endpoint without a
 * model (the server chooses) is the same as anything.
 */
export function isSameModel(asked: string, returned: string): boolean {
  const names = asked.split(/[ #]/).filter((part) => part !== '' && !/^(?:https?:\/\/|rev=|options=)/.test(part))
  const last = names.at(-1)
  if (last === undefined) return true
  const [name, model] = [last, returned].map((id) => id.replace(/@[^/]*$/, '').toLowerCase()) as [string, string]
  return endsWithPart(name, model) || endsWithPart(model, name)
}

function endsWithPart(whole: string, part: string): boolean {
  if (!whole.endsWith(part)) return false
  const before = whole.at(-part.length - 1)
  return part.length === whole.length || before === '/' || before === ':'
}
