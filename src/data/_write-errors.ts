import { DataError, type HeedError, UsageError } from '../core/errors.ts'

/**
 * Turns a failed write below the data directory into words: a full disk, a place that cannot be written, a file where
 * a folder is needed. Anything else comes back as it is.
 * @param place folder or file that was to be written
 */
export function explainWriteError(error: unknown, place: string): unknown {
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException
  if (['connect', 'getaddrinfo'].includes(syscall)) return error
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DataError('disk-full', 'Expected room to write, but the disk is full (or the quota is used up)', {
      location: { file: place },
      hint: 'Make room, or choose another place with --data-dir or BENCH_DATA_DIR. What was installed stays; pull goes on where it stopped.',
      cause: error,
    })
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return new UsageError('not-writable', `Expected to be allowed to write to ${place}, got ${code}`, {
      hint: 'Choose another data directory with --data-dir or BENCH_DATA_DIR.',
      cause: error,
    })
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new UsageError('not-a-folder', `Expected a folder on the way to ${place}, found a file`, {
      hint: 'Choose another data directory with --data-dir or BENCH_DATA_DIR.',
      cause: error,
    })
  }
  return error
}

/** True for errors of {@link explainWriteError}: they hit every further file as well. */
export function isWriteError({ code }: HeedError): boolean {
  return ['disk-full', 'not-writable', 'not-a-folder'].includes(code)
}
