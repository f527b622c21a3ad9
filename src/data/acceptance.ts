import { DataError } from '../core/errors.ts'
import type { FetchableFile, LockedFile } from './data-lock.ts'
import { compareWithLock, type Fingerprint, fingerprint } from './fingerprint.ts'
import type { Receipt } from './receipts.ts'

/** What is being fetched. */
export interface FetchTarget extends FetchableFile {
  /** `ifeval/input_data.jsonl`. */
  readonly label: string
  readonly dataset: string
  readonly name: string
  readonly onMismatch: LockedFile['onMismatch']
}

/** Content that may be installed. */
export interface Acceptance extends Pick<Receipt, 'trust' | 'expected'> {
  readonly fingerprint: Fingerprint
  /** What a person should know about it. */
  readonly warning?: string
}

/**
 * Decides whether fetched content may be installed.
 * @param place URL or path it came from
 * @param isPinned true when the place itself names the pinned commit, so that another content can only be damage
 * @throws DataError `html-instead-of-data`, `hash-mismatch` (both hashes, file and place), `implausible-content`
 */
export function acceptContent(
  target: FetchTarget,
  content: Buffer,
  { place, isPinned }: { place: string; isPinned: boolean },
): Acceptance {
  const title = htmlTitle(content)
  if (title !== null) {
    throw new DataError(
      'html-instead-of-data',
      `Expected ${target.label}, got an HTML page${title && ` («${title}»)`} from ${place}`,
      { hint: 'A proxy, a login page or a filter answered instead of the server. Try another network or --from.' },
    )
  }
  const found = fingerprint(content)
  const comparison = compareWithLock(target, found)
  if (comparison.kind === 'match') return { fingerprint: found, trust: 'verified' }
  if (comparison.kind === 'unknown') {
    assertPlausible(target, content, place)
    const warning = `${target.label}: nobody published a hash of this file. What came from ${place} is trusted on first use: sha256 ${found.sha256} is recorded and demanded from now on`
    return { fingerprint: found, trust: 'first-use', warning }
  }
  if (target.onMismatch === 'warn' && !isPinned) {
    assertPlausible(target, content, place)
    const warning = `${target.label} from ${place} is not the pinned version: expected ${comparison.algorithm} ${comparison.expected}, found ${comparison.found}`
    return { fingerprint: found, trust: 'accepted-mismatch', expected: comparison.expected, warning }
  }
  throw new DataError(
    'hash-mismatch',
    `Expected ${target.label} with ${comparison.algorithm} ${comparison.expected}, got ${comparison.found} (${found.bytes} bytes) from ${place}`,
    { hint: 'The file was changed or damaged on the way, or is another version. Nothing of it was installed.' },
  )
}

/** Title of an HTML page (perhaps empty), or null when the content is none. */
function htmlTitle(content: Buffer): string | null {
  const head = content.subarray(0, 4096).toString('utf8')
  if (
    !/^\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[\s\S]{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(
      head,
    )
  ) {
    return null
  }
  return /<title[^>]{0,200}>([^<]{0,120})/i.exec(head)?.[1]?.trim() ?? ''
}

/** Content that no hash vouches for must at least be of its kind, whole. */
function assertPlausible(target: FetchTarget, content: Buffer, place: string): void {
  const extension = target.path.slice(target.path.lastIndexOf('.') + 1)
  try {
    if (content.byteLength === 0) throw new Error('it is empty')
    if (extension === 'json') JSON.parse(content.toString('utf8'))
    if (extension === 'jsonl') {
      const lines = content.toString('utf8').trimEnd().split('\n')
      JSON.parse(lines[0]!)
      JSON.parse(lines.at(-1)!)
    }
  } catch (cause) {
    throw new DataError(
      'implausible-content',
      `Expected ${target.label} to be whole ${extension.toUpperCase()}, got something else from ${place}: ${(cause as Error).message}`,
      { cause },
    )
  }
}
