import { readFileSync } from 'node:fs'
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { benchmarkIds } from '../benchmarks/registry.ts'
import { knownNamesHint } from '../core/did-you-mean.ts'
import { UsageError } from '../core/errors.ts'
import { type BenchConfig, configSchema } from './config-schema.ts'

/** Something wrong in a configuration, at a path of it. */
interface Complaint {
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** True when the complaint is about the key at the end of the path, not its value. */
  readonly isKey?: boolean
}

/**
 * Reads and validates a configuration file.
 * @throws UsageError `config` naming every mistake with its line and column
 */
export function readConfigFile(file: string): BenchConfig {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    const found = isMissing ? 'found none' : `could not read it: ${(cause as Error).message}`
    throw new UsageError('config', `Expected a configuration file at ${file}, ${found}`, {
      hint: 'docs/configuration.md shows one; `bench config schema` prints its form for editors.',
      cause,
    })
  }
  return parseConfig(text, file)
}

/** {@link readConfigFile} for a text. */
export function parseConfig(text: string, file: string): BenchConfig {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  if (document.errors.length > 0) {
    throw invalid(document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`))
  }
  const parsed = configSchema.safeParse(toPlain(document, file))
  const complaints = parsed.success ? crossChecks(parsed.data) : parsed.error.issues.flatMap(toComplaints)
  if (complaints.length > 0) {
    const placed = complaints.map((complaint) => ({ offset: offsetOf(document, complaint), complaint }))
    placed.sort((one, other) => one.offset - other.offset)
    throw invalid(
      placed.map(({ offset, complaint }) => `${at(offset)}: ${pathText(complaint.path)}${complaint.message}`),
    )
  }
  return parsed.data!
}

function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw new UsageError('config', `${file}: ${cause instanceof Error ? cause.message : 'not usable'}`, { cause })
  }
}

function toComplaints(issue: { code: string; path: PropertyKey[]; message: string; keys?: string[] }): Complaint[] {
  if (issue.code !== 'unrecognized_keys') return [issue]
  return (issue.keys ?? []).map((key) => ({
    path: [...issue.path, key],
    message: 'Unknown key',
    isKey: true,
  }))
}

/** What a schema of single values cannot say: every name that is referred to must be there, and names must differ. */
function crossChecks(config: BenchConfig): Complaint[] {
  const endpoints = Object.keys(config.endpoints)
  const known = (path: PropertyKey[], asked: string | null | undefined, names: readonly string[], what: string) =>
    asked == null || names.includes(asked)
      ? []
      : [{ path, message: `Unknown ${what} \`${asked}\`. ${knownNamesHint(asked, names)}` }]
  const names = config.checkpoints.map((checkpoint) => checkpoint.name)
  return [
    ...(config.suites?.length || config.benchmarks?.length
      ? []
      : [{ path: [], message: 'Expected `suites` or `benchmarks`, got neither' }]),
    ...config.checkpoints.flatMap(({ name, endpoint }, index) => [
      ...known(['checkpoints', index, 'endpoint'], endpoint, endpoints, 'endpoint'),
      ...(names.indexOf(name) < index
        ? [{ path: ['checkpoints', index, 'name'], message: `Expected every name once, got \`${name}\` twice` }]
        : []),
    ]),
    ...known(['judge'], config.judge, endpoints, 'endpoint'),
    ...known(['extractor'], config.extractor, endpoints, 'endpoint'),
    ...Object.entries(config.judges ?? {}).flatMap(([id, { judge, extractor }]) => [
      ...known(['judges', id], id, benchmarkIds(), 'benchmark').map((complaint) => ({ ...complaint, isKey: true })),
      ...known(['judges', id, 'judge'], judge, endpoints, 'endpoint'),
      ...known(['judges', id, 'extractor'], extractor, endpoints, 'endpoint'),
    ]),
    ...(config.benchmarks ?? []).flatMap((reference, index) =>
      known(['benchmarks', index], reference.split(':')[0], benchmarkIds(), 'benchmark'),
    ),
    ...known(['baseline'], config.baseline, names, 'checkpoint'),
  ]
}

/** Where the path stands in the file: the value, the key, or the nearest thing around that is there. */
function offsetOf(document: Document, { path, isKey }: Complaint): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last)
      const key = pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined
      const value = (pair?.value as { range?: readonly number[] } | null | undefined)?.range?.[0]
      const found = isKey && length === path.length ? key : (value ?? key)
      if (found !== undefined) return found
    }
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined
    if (node?.range) return node.range[0]!
  }
  return document.contents?.range?.[0] ?? 0
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text === '' ? '' : `${text.replace(/^\./, '')}: `
}

function invalid(complaints: readonly string[]): UsageError {
  return new UsageError('config', complaints.join('\n'), {
    hint: 'The form of the file: docs/configuration.md, or `bench config schema`.',
  })
}
