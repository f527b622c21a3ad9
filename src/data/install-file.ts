import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { explainWriteError } from './_write-errors.ts'
import type { Acceptance } from './acceptance.ts'
import { fileStamp, type Receipt, writeReceipts } from './receipts.ts'

/** What is installed and where it came from. */
export interface Installation {
  /** Folder of the data set. */
  readonly folder: string
  readonly name: string
  readonly content: Buffer
  readonly source: string
  readonly acceptance: Acceptance
}

/**
 * Puts accepted content in its place: written beside it, flushed, renamed in one step, then noted in the receipts.
 * @throws DataError `disk-full`; UsageError `not-writable`, `not-a-folder`
 */
export async function installFile({ folder, name, content, source, acceptance }: Installation): Promise<Receipt> {
  const path = join(folder, name)
  const draft = `${path}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    await mkdir(dirname(path), { recursive: true })
    const handle = await open(draft, 'wx')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
    const { bytes, sha256, gitBlob } = acceptance.fingerprint
    const receipt: Receipt = {
      ...{ name, bytes, sha256, gitBlob, source },
      installedAt: new Date().toISOString(),
      trust: acceptance.trust,
      ...(acceptance.expected === undefined ? {} : { expected: acceptance.expected }),
      stamp: fileStamp(path) ?? '',
    }
    writeReceipts(folder, [receipt])
    return receipt
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw explainWriteError(error, path)
  }
}
