type JsonObject = Readonly<Record<string, unknown>>

/** Braces tried as the beginning of an object: a reply of any sense has few before it. */
const mostStarts = 100

/** The JSON objects in a text, fences and talk around them left out, in their order; none from within another. */
export function* jsonObjectsIn(text: string): Generator<JsonObject> {
  let starts = 0
  for (let start = text.indexOf('{'); start !== -1 && starts < mostStarts; starts += 1) {
    const end = closingBrace(text, start)
    const object = end === -1 ? null : parsed(text.slice(start, end + 1))
    if (object !== null) yield object
    start = text.indexOf('{', object === null ? start + 1 : end + 1)
  }
}

/** Position of the brace that closes the one at `start`, texts in double quotes skipped; -1 without any. */
function closingBrace(text: string, start: number): number {
  let depth = 0
  let inText = false
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (inText) {
      if (character === '\\') at += 1
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}

function parsed(text: string): JsonObject | null {
  try {
    return JSON.parse(text) as JsonObject
  } catch {
    return null
  }
}
