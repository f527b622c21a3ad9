/** The value of a response that is JSON, or whose only code fence is; undefined for any other. */
export function readJsonResponse(text: string): { readonly value: unknown } | undefined {
  return parse(text) ?? parse(onlyFence(text))
}

function onlyFence(text: string): string | null {
  const parts = text.split('```')
  return parts.length === 3 ? parts[1]!.replace(/^[A-Za-z]*\n/, '') : null
}

function parse(text: string | null): { readonly value: unknown } | undefined {
  if (text === null) return undefined
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
