import { UsageError } from '../core/errors.ts'
import { canonicalJson } from '../core/hash.ts'

/** One field in which two identities differ. */
export interface IdentityDifference {
  /** Path such as `sampling.temperature` or `benchmarks[0].edition`. */
  readonly field: string
  readonly found: unknown
  readonly asked: unknown
}

/** All leaf fields in which two plain JSON values differ. */
export function identityDifferences(found: unknown, asked: unknown, path = ''): IdentityDifference[] {
  if (canonicalJson({ value: found }) === canonicalJson({ value: asked })) return []
  if (!isContainer(found) || !isContainer(asked) || Array.isArray(found) !== Array.isArray(asked)) {
    return [{ field: path || '(all)', found, asked }]
  }
  const keys = new Set([...Object.keys(found), ...Object.keys(asked)])
  return [...keys].flatMap((key) => {
    const step = Array.isArray(found) ? `${path}[${key}]` : path ? `${path}.${key}` : key
    return identityDifferences((found as Record<string, unknown>)[key], (asked as Record<string, unknown>)[key], step)
  })
}

/**
 * Lets a run continue only in a folder of the same identity.
 * @throws UsageError `resume-differs` naming every field that differs
 */
export function assertResumable(folder: string, found: unknown, asked: unknown): void {
  const differences = identityDifferences(found, asked)
  if (differences.length === 0) return
  const lines = differences
    .slice(0, 8)
    .map(({ field, found, asked }) => `  ${field}: the folder has ${show(found)}, asked is ${show(asked)}`)
  const more = differences.length > 8 ? `\n  and ${differences.length - 8} more` : ''
  throw new UsageError(
    'resume-differs',
    `${folder} holds a run of another configuration:\n${lines.join('\n')}${more}`,
    {
      hint: 'Choose another folder with --out, or repeat the options of the first run to resume it.',
    },
  )
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
