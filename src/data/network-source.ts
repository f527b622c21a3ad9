import type { Dispatcher } from 'undici'
import { HeedError, UsageError } from '../core/errors.ts'
import { isWriteError } from './_write-errors.ts'
import { type Acceptance, acceptContent, type FetchTarget } from './acceptance.ts'
import { download } from './download.ts'
import type { FetchOutcome, FileSource } from './fetch-outcome.ts'
import type { NetworkOptions } from './network-options.ts'

/** What a network source needs besides addresses. */
export interface NetworkContext {
  readonly dispatcher: Dispatcher
  readonly network: NetworkOptions
  readonly signal?: AbortSignal | undefined
  readonly onBytes: (target: FetchTarget, received: number, total: number | null) => void
  readonly onRetry: (target: FetchTarget, url: string, reason: string, delay: number) => void
}

/** An address that may have a file. */
interface Candidate {
  readonly url: string
  /** The address names the pinned commit: another content can only be damage. */
  readonly isPinned: boolean
}

/** Files from the addresses of the lock file, in their order. */
export function lockSource(context: NetworkContext, commitOf: (dataset: string) => string): FileSource {
  return networkSource(context, (target) =>
    target.urls.map((url) => ({ url, isPinned: url.includes(commitOf(target.dataset)) })),
  )
}

/**
 * Files from a mirror. A plain prefix is tried with `/<data set>/<name>`, the same gzipped, and the upstream path; a
 * prefix with `{dataset}`, `{name}`, `{path}` or `{url}` (the first address of the lock file) says where they stand.
 * @throws UsageError `bad-mirror`
 */
export function mirrorSource(context: NetworkContext, prefix: string): FileSource {
  if (!URL.canParse(prefix.replaceAll(/[{}]/g, ''))) {
    throw new UsageError('bad-mirror', `Expected --from to be a folder or an http(s) URL, got \`${prefix}\``)
  }
  return networkSource(context, (target) => mirrorUrls(prefix, target).map((url) => ({ url, isPinned: false })))
}

function mirrorUrls(prefix: string, target: FetchTarget): string[] {
  const { dataset, name, path, urls } = target
  const values = new Map([
    ['dataset', dataset],
    ['name', encodePath(name)],
    ['path', encodePath(path)],
    ['url', urls[0] ?? ''],
  ])
  const placeholder = /\{(dataset|name|path|url)\}/g
  if (placeholder.test(prefix)) return [prefix.replace(placeholder, (_found, key: string) => values.get(key)!)]
  const [base, query = ''] = prefix.split(/(?=[?#])/)
  const own = `${dataset}/${encodePath(name)}`
  return [own, `${own}.gz`, encodePath(path)].map((tail) => `${base!.replace(/\/+$/, '')}/${tail}${query}`)
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function networkSource(
  context: NetworkContext,
  candidatesOf: (target: FetchTarget) => readonly Candidate[],
): FileSource {
  return {
    async fetch(target, workFile): Promise<FetchOutcome> {
      const errors: HeedError[] = []
      for (const candidate of candidatesOf(target)) {
        try {
          return await fetchFrom(context, target, candidate, workFile)
        } catch (error) {
          if (!HeedError.is(error) || isWriteError(error)) throw error
          errors.push(error)
        }
      }
      const ordered = [...errors].sort((a, b) => rank(a) - rank(b))
      return { kind: 'absent', reason: ordered[0]?.message ?? 'no address is known', errors: ordered }
    },
  }
}

async function fetchFrom(
  context: NetworkContext,
  target: FetchTarget,
  { url, isPinned }: Candidate,
  workFile: string,
): Promise<FetchOutcome> {
  const { content, accepted } = await download<Acceptance>({
    url,
    workFile,
    bytes: target.bytes,
    accept: (bytes) => acceptContent(target, bytes, { place: url, isPinned }),
    dispatcher: context.dispatcher,
    network: context.network,
    signal: context.signal,
    onBytes: (received, total) => context.onBytes(target, received, total ?? target.bytes),
    onRetry: (reason, delay) => context.onRetry(target, url, reason, delay),
  })
  return { kind: 'found', content, source: url, acceptance: accepted }
}

/** A wrong hash tells more than a page, and that more than an address that does not answer. */
function rank({ code }: HeedError): number {
  return ['hash-mismatch', 'html-instead-of-data', 'implausible-content', 'broken-gzip', 'download-failed'].indexOf(
    code,
  )
}
