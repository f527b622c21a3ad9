/**
 * Puts the user's own fields over a request body. A null takes a field out, for models that refuse a setting which a
 * benchmark's protocol sends (`{"top_p": null}`).
 */
export function withExtraBody(
  body: Readonly<Record<string, unknown>>,
  extra: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  const merged = { ...body, ...extra }
  for (const [field, value] of Object.entries(extra ?? {})) if (value === null) delete merged[field]
  return merged
}
