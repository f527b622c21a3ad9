import { readFileSync, writeFileSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import * as z from 'zod'

const metaSchema = z.object({
  url: z.string(),
  encoding: z.enum(['identity', 'gzip']),
  /** Strong entity tag or date that makes a server refuse to continue another version. */
  validator: z.string().nullable(),
})

/** Where the bytes of an unfinished download come from. They are kept as they came over the wire. */
export type PartialMeta = Readonly<z.infer<typeof metaSchema>>

/** An unfinished download: the bytes so far and a note on their origin beside them. */
export interface PartialFile {
  readonly path: string
  /** Number of bytes that can be built upon, 0 unless they come from this address. */
  usableBytes(url: string): Promise<number>
  meta(): PartialMeta | null
  begin(meta: PartialMeta): void
  discard(): Promise<void>
}

export function partialFile(path: string): PartialFile {
  const metaPath = `${path}.json`
  const meta = (): PartialMeta | null => {
    try {
      return metaSchema.parse(JSON.parse(readFileSync(metaPath, 'utf8')))
    } catch {
      return null
    }
  }
  return {
    path,
    meta,
    async usableBytes(url) {
      if (meta()?.url !== url) return 0
      return (await stat(path).catch(() => null))?.size ?? 0
    },
    begin(fresh) {
      writeFileSync(metaPath, JSON.stringify(fresh))
    },
    async discard() {
      await rm(path, { force: true })
      await rm(metaPath, { force: true })
    },
  }
}
