import { fileURLToPath } from 'node:url'

/** What the system says of a file, in words for people, by its code. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
}

const packageRoot = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The message for a file or folder of the user that the system refuses; null for any other error. A file of the
 * program itself that is not as it should be is a defect.
 */
export function fileErrorMessage(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const { code, path, syscall } = error as NodeJS.ErrnoException
  const meaning = code === undefined ? undefined : meanings[code]
  // Reading from an open folder fails without a path.
  if (code === 'EISDIR' && path === undefined) return 'Expected a file, got a folder (EISDIR)'
  if (meaning === undefined || path === undefined || path.startsWith(`${packageRoot}dist`)) return null
  return `Could not use ${path}: ${meaning} (${code}, ${syscall})`
}
