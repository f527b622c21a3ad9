import { DataError, type DataLocation } from '../../core/errors.ts'
import type { Item } from '../../core/item.ts'
import { readJsonl } from '../../core/jsonl.ts'
import type { Message } from '../../core/message.ts'
import { type CompiledCheck, checkKinds, compileCheck } from './compile-check.ts'
import { recordSchema, type SetRecord } from './schema.ts'

/** An item's checks by constraint id. */
export type SetData = ReadonlyMap<string, CompiledCheck>

/**
 * Streams the items of a user's own set.
 * @throws DataError with file, line and what is wrong
 */
export async function* loadSet(file: string): AsyncGenerator<Item<SetData>> {
  for await (const { value, line } of readJsonl(file)) {
    const parsed = recordSchema.safeParse(value)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!
      throw new DataError(
        'bad-record',
        `Expected an item of a constraint set: ${issue.path.join('.')}: ${issue.message}`,
        {
          location: { file, line },
          hint: 'The form is described in docs/own-constraint-sets.md.',
        },
      )
    }
    yield toItem(parsed.data, { file, line, id: parsed.data.id })
  }
}

function toItem(record: SetRecord, location: DataLocation): Item<SetData> {
  const checks = new Map<string, CompiledCheck>()
  const constraints = record.constraints.map(({ id = '', text, check, tags, needsPrompt }, index) => {
    const name = id || `c${index + 1}`
    if (checks.has(name)) {
      throw new DataError('duplicate-constraint', `Expected every constraint id once, got ${name} twice`, { location })
    }
    const compiled = compileCheck(check, text, location)
    checks.set(name, compiled)
    return { id: name, text, check: checkKinds[compiled.kind], tags, needsPrompt }
  })
  const messages: readonly Message[] = record.messages ?? [{ role: 'user', content: record.prompt! }]
  return {
    id: record.id,
    messages,
    constraints,
    cluster: record.cluster ?? record.id,
    ...(record.language === undefined ? {} : { language: record.language }),
    tags: record.tags,
    data: checks,
  }
}
