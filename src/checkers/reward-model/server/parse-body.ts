import type * as z from 'zod'
import { RequestRefused } from './http-message.ts'

/**
 * Validates a body or a part of it.
 * @throws RequestRefused 422 naming the first fields that are wrong
 */
export function parseBody<T>(schema: z.ZodType<T>, value: unknown, place = ''): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${[place, ...path.map(String)].filter(Boolean).join('.') || 'body'}: ${message}`)
  throw new RequestRefused(422, 'bad-request', problems.join('; '))
}
