import * as z from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Expected 64 lower-case hexadecimal digits')
const gitBlob = z.string().regex(/^[0-9a-f]{40}$/, 'Expected 40 lower-case hexadecimal digits')
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected a name in kebab-case')
const bytes = z.int().positive()
const url = z.url({ protocol: /^https?$/ })
const relativePath = z
  .string()
  .regex(/^[\w+@-][\w.+@ -]*(\/[\w+@-][\w.+@ -]*)*$/, 'Expected a relative path without `.` and `..`')

const derivedFrom = z.strictObject({
  converter: z.string(),
  path: relativePath,
  bytes: bytes.optional(),
  sha256,
  urls: z.array(url).default([]),
})

const file = z.strictObject({
  name: relativePath.refine((name) => name !== 'receipts.json', 'Expected another name: receipts are kept under it'),
  path: relativePath,
  bytes: bytes.optional(),
  sha256: sha256.optional(),
  gitBlob: gitBlob.optional(),
  urls: z.array(url).default([]),
  onMismatch: z.enum(['refuse', 'warn']).default('refuse'),
  derivedFrom: derivedFrom.optional(),
})

const dataset = z.strictObject({
  id,
  title: z.string().min(1),
  licence: z.string().min(1),
  repository: url,
  commit: gitBlob,
  /** URL patterns with `{commit}` and `{path}`. */
  sources: z.array(z.string().regex(/^https?:\/\/.*\{path\}/, 'Expected a URL with `{path}`')).min(1),
  notes: z.array(z.string()),
  files: z.array(file).min(1),
})

/** Shape of `data.lock.json`. */
export const lockSchema = z.strictObject({
  version: z.literal(1),
  bundles: z.record(id, z.array(id).min(1)),
  datasets: z.array(dataset).min(1),
})

export type RawLock = z.infer<typeof lockSchema>
