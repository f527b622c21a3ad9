import { UsageError } from '../core/errors.ts'
import type { Redactor } from '../core/redact.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Headers whose value is a secret even when it is written out. */
const secretHeader = /authorization|cookie|key|token|secret/i

/**
 * Replaces `${NAME}` in header values by variables of the environment; expanded values, and those of headers named like
 * secrets, are registered with the redactor.
 * @throws UsageError for a variable that is not set and for a header that HTTP does not allow
 */
export function expandHeaders(
  headers: Readonly<Record<string, string>>,
  environment: Environment,
  redactor: Redactor,
): Record<string, string> {
  const expanded: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) {
      throw new UsageError('bad-header', `Expected a header name, got ${JSON.stringify(name)}`)
    }
    const text = value.replace(/\$\{([^}]*)\}/g, (_reference, variable: string) => {
      const found = environment[variable]
      if (found === undefined || found === '') {
        throw new UsageError('unset-variable', `The header ${name} refers to \${${variable}}, which is not set`)
      }
      redactor.add(found)
      return found
    })
    if (/[\r\n\0]/.test(text)) throw new UsageError('bad-header', `The value of the header ${name} holds a line break`)
    if (secretHeader.test(name)) redactor.add(text.replace(/^(Bearer|Basic)\s+/i, ''))
    expanded[name.toLowerCase()] = text
  }
  return expanded
}

/** Name, value, name, value, ...: the form that costs undici least. */
export function flattenHeaders(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flat()
}
